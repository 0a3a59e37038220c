// What must never be believed: one byte changed anywhere, a stranger's key.
import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { API, SITE, test } from "./harness.mjs";
import { changed } from "./changed.mjs";
import { CODE, NAME } from "./elements.mjs";

const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const decode = (text) => JSON.parse(Buffer.from(text, "base64url"));
const text = async (path) => (await fetch(API + path)).text();

/** Somebody with keys of their own, made without any code of ours. */
function stranger() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x } = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest("base64url");
  const issue = (typ, payload, as = kid) => {
    const input = `${encode({ alg: "EdDSA", kid: as, typ })}.${encode(payload)}`;
    return `${input}.${sign(null, Buffer.from(input), privateKey).toString("base64url")}`;
  };
  return { kid, jwk: { kty: "OKP", crv: "Ed25519", x, alg: "EdDSA", use: "sig", kid }, issue };
}

const CARD = "**/v1/cards/*";
const KEYS = "**/.well-known/keyset.jwt";
const STATUS = "**/v1/status/*";
const answer = (change) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: change(await response.text()) });
};

const FORGERIES = {
  "a byte of the payload": [[CARD, (token) => changed(token, 1)]],
  "a byte of the signature": [[CARD, (token) => changed(token, 2)]],
  "a byte of the header": [[CARD, (token) => changed(token, 0)]],
  "a byte of the key set": [[KEYS, (token) => changed(token, 1)]],
  "a byte of the key set's signature": [[KEYS, (token) => changed(token, 2)]],
  "a key in the key set": [[KEYS, (token) => {
    const [header, payload, signature] = token.split(".");
    const set = decode(payload);
    set.keys[0].jwk = stranger().jwk;
    return `${header}.${encode(set)}.${signature}`;
  }]],
  "a name, signed by a stranger under our key's name": [[CARD, (token) => {
    const [header, payload] = token.split(".");
    const card = decode(payload);
    card.credentialSubject.name = "冒名有限公司";
    return stranger().issue("vc+jwt", card, decode(header).kid);
  }]],
  "a card signed by a key that the root does not vouch for": [[CARD, (token) => stranger().issue("vc+jwt", decode(token.split(".")[1]))]],
  "the card of somebody else": [[CARD, null]],
  "alg none": [[CARD, (token) => `${encode({ alg: "none", kid: decode(token.split(".")[0]).kid, typ: "vc+jwt" })}.${token.split(".")[1]}.`]],
  rubbish: [[CARD, () => "<html>not found</html>"]],
};

for (const tag of ["credit-badge", "credit-card"]) {
  for (const [what, changes] of Object.entries(FORGERIES)) {
    test(`${tag}: ${what} changed is invalid and claims nothing`, async (world) => {
      const other = await text("/v1/cards/93120102MATEXT01XX");
      for (const [path, change] of changes) await world.page.route(path, answer(change ?? (() => other)));
      await world.place([[tag, { code: CODE }, "后备"]]);
      await world.state(tag, "ready");
      assert.equal(await world.attribute(tag, "trust"), "invalid");
      await world.sees(tag, "验证失败");
      const seen = await world.seen(tag);
      for (const claim of [NAME, "冒名", "绿叶", "500", "2008", "后备"]) assert.ok(!seen.includes(claim), `${claim} is claimed`);
      const [error] = await world.events("credit-error");
      assert.equal(error.detail.code, "invalid");
      if (what === "a byte of the payload") await world.shot(`tampered-${tag}`);
    });
  }

  test(`${tag}: a key set of a stranger's own is invalid`, async (world) => {
    const root = stranger();
    const key = stranger();
    await world.page.route(KEYS, answer((token) => {
      const set = decode(token.split(".")[1]);
      set.root = root.jwk;
      set.keys = set.keys.map((entry) => (entry.purpose === "card" ? { ...entry, jwk: key.jwk } : entry));
      return root.issue("credit-keyset+jwt", set);
    }));
    await world.page.route(CARD, answer((token) => key.issue("vc+jwt", decode(token.split(".")[1]))));
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "invalid");
  });

  test(`${tag}: a pin on another root makes our own cards invalid`, async (world) => {
    await world.place([[tag, { code: CODE, issuer: stranger().kid }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "invalid");
  });

  for (const [what, path] of [["the status list", STATUS], ["the key set", KEYS]]) {
    test(`${tag}: without ${what} it is shown as not checked`, async (world) => {
      await world.page.route(path, (route) => route.abort());
      await world.place([[tag, { code: CODE }]]);
      await world.state(tag, "ready");
      assert.equal(await world.attribute(tag, "trust"), "unverified");
      await world.sees(tag, "未核验");
      await world.sees(tag, NAME);
      assert.ok(!(await world.seen(tag)).includes("已验证"));
    }, { noisy: true });
  }

  test(`${tag}: a status list that was changed checks nothing`, async (world) => {
    await world.page.route(STATUS, answer((token) => changed(token, 1)));
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "unverified");
  });

  test(`${tag}: a card under the national algorithms is verified, one changed is not`, async (world) => {
    const national = await text(`/v1/cards/${CODE}?alg=SM2-SM3`);
    assert.equal(decode(national.split(".")[0]).alg, "SM2-SM3");
    for (const [body, trust] of [[national, "verified"], [changed(national, 1), "invalid"], [changed(national, 2), "invalid"]]) {
      await world.page.unroute(CARD);
      await world.page.route(CARD, answer(() => body));
      await world.place([[tag, { code: CODE }]]);
      await world.state(tag, "ready");
      assert.equal(await world.attribute(tag, "trust"), trust);
    }
  });

  test(`${tag}: a signature of one algorithm under the name of the other is invalid`, async (world) => {
    await world.page.route(CARD, answer((token) => {
      const [header, payload, signature] = token.split(".");
      return `${encode({ ...decode(header), alg: "SM2-SM3" })}.${payload}.${signature}`;
    }));
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "invalid");
  });

  test(`${tag}: a key set that was rolled back proves nothing`, async (world) => {
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "verified");
    const seen = await world.page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith("credit:keys")));
    const { version } = decode((await text("/.well-known/keyset.jwt")).split(".")[1]);
    assert.deepEqual(seen, [[`credit:keys ${API}`, String(version)]]);
    await world.page.evaluate(([name]) => localStorage.setItem(name, "1000"), seen[0]);
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "unverified");
    assert.ok(!(await world.seen(tag)).includes("已验证"));
  });

  test(`${tag}: without the server the card of before is shown with its date, never as verified`, async (world) => {
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "verified");
    const down = (route) => (new URL(route.request().url()).pathname.startsWith("/embed/") ? route.fallback() : route.abort());
    await world.page.route(`${API}/**`, down);
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "stale");
    assert.equal(await world.attribute(tag, "trust"), "unverified");
    await world.sees(tag, NAME);
    await world.sees(tag, "本机 20");
    assert.ok(!(await world.seen(tag)).includes("已验证"));
    await world.shot(`${tag}-stale`);
    // Too many requests are the server's trouble and not the card's.
    await world.page.unroute(`${API}/**`);
    await world.page.route(CARD, (route) => route.fulfill({ status: 429, body: "{}", headers: { "access-control-allow-origin": "*" } }));
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "stale");
    // What a script of the page changed is not believed.
    await world.page.evaluate(() => {
      const name = Object.keys(localStorage).find((name) => name.startsWith("credit:card "));
      // In the middle of the signature: its last byte is 0 in every sixteenth.
      const kept = localStorage.getItem(name);
      const at = kept.length - 40;
      localStorage.setItem(name, kept.slice(0, at) + (kept[at] === "A" ? "B" : "A") + kept.slice(at + 1));
    });
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "error");
    assert.ok(!(await world.seen(tag)).includes(NAME));
  }, { noisy: true });

  test(`${tag}: three days later the card has expired`, async (world) => {
    const [card, keys, status] = [await text(`/v1/cards/${CODE}`), await text("/.well-known/keyset.jwt"), await text("/v1/status/1")];
    await world.page.clock.setFixedTime(Date.now() + 3 * 86400e3);
    for (const [path, body] of [[CARD, card], [KEYS, keys], [STATUS, status]]) {
      await world.page.route(path, answer(() => body));
    }
    await world.place([[tag, { code: CODE }]]);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "expired");
    await world.sees(tag, "已过期");
  });

  test(`${tag}: what stays open is checked again, and stops being verified without a list`, async (world) => {
    await world.page.clock.install();
    await world.place([[tag, { code: CODE }]]);
    await world.page.clock.runFor(2000);
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "verified");
    await world.page.route(STATUS, (route) => route.abort());
    const again = world.page.waitForRequest(STATUS);
    await world.page.clock.runFor(6 * 60e3);
    await again;
    for (let turn = 0; turn < 100 && (await world.attribute(tag, "trust")) === "verified"; turn += 1) await world.page.clock.runFor(100);
    assert.equal(await world.attribute(tag, "trust"), "unverified");
    assert.ok(!(await world.seen(tag)).includes("已验证"));
  }, { noisy: true });

  test(`${tag}: what was verified and is gone by the next check claims nothing`, async (world) => {
    await world.page.clock.install();
    await world.place([[tag, { code: CODE }]]);
    await world.page.clock.runFor(2000);
    await world.state(tag, "ready");
    const gone = { status: 404, contentType: "application/problem+json", headers: { "access-control-allow-origin": "*" }, body: JSON.stringify({ code: "not-found", title: "没有 / none", status: 404 }) };
    let asked = false;
    await world.page.route(CARD, (route) => { asked = true; return route.fulfill(gone); });
    // Second by second: a leap would be the end of the request's own time.
    for (let second = 0; second < 400 && !asked; second += 1) await world.page.clock.runFor(1000);
    for (let turn = 0; turn < 100 && (await world.attribute(tag, "state")) !== "error"; turn += 1) await world.page.clock.runFor(100);
    assert.equal(await world.attribute(tag, "state"), "error");
    assert.equal(await world.attribute(tag, "trust"), null);
    assert.ok(!(await world.seen(tag)).includes(NAME));
  }, { noisy: true });

  test(`${tag}: an unknown code and a server out of reach are said`, async (world) => {
    await world.place([[tag, { code: "91120102MATEXT02X1".replace("02X1", "06XJ"), lang: "zh-CN" }]]);
    await world.state(tag, "error");
    await world.page.route("**/v1/cards/*", (route) => route.abort());
    await world.place([[tag, { code: CODE }, "后备"]]);
    await world.state(tag, "error");
    await world.sees(tag, "无法连接");
    await world.sees(tag, "后备");
  }, { noisy: true });
}

for (const tag of ["credit-badge", "credit-card"]) {
  test(`${tag}: what was proved of one is not shown for another`, async (world) => {
    await world.place([[tag, { code: CODE, trust: "verified" }]]);
    await world.sees(tag, NAME);
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await world.page.route(CARD, async (route) => { await held; await route.continue(); });
    await world.page.locator(tag).evaluate((element) => element.setAttribute("code", "93120102MATEXT01XX"));
    await world.state(tag, "loading");
    assert.ok(!(await world.seen(tag)).includes(NAME));
    assert.equal(await world.attribute(tag, "trust"), null);
    // Taken out with the question under way and put back with another.
    await world.page.locator(tag).evaluate(async (element) => {
      const parent = element.parentNode;
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      element.setAttribute("code", "51120102MATEXT01X8");
      parent.append(element);
    });
    assert.equal(await world.attribute(tag, "trust"), null);
    release();
    await world.sees(tag, "示例区餐饮行业协会");
    assert.ok(!(await world.seen(tag)).includes("绿叶"));
  });

  test(`${tag}: an image as fallback stays when the server is out of reach`, async (world) => {
    await world.page.route("**/v1/cards/*", (route) => route.abort());
    await world.page.goto(`${SITE}/gbk/`);
    await world.state(tag, "error");
    assert.ok(await world.page.locator(`${tag} > a`).isVisible());
  }, { noisy: true });
}

test("a broken download is not blamed on the page", async (world) => {
  await world.page.route("**/*_bg.wasm", (route) => route.fulfill({ body: "<html>", headers: { "access-control-allow-origin": "*" } }));
  await world.place([["credit-badge", { code: CODE }, "后备"]]);
  await world.state("credit-badge", "error");
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "load");
  await world.sees("credit-badge", "后备");
  // The browser says that the digest is another; we say nothing.
  assert.ok(world.console.length > 0 && world.console.every((line) => /integrity|ERR_FAILED/.test(line)), world.console.join("\n"));
}, { noisy: true });

test("a card can be verified by a JOSE implementation that is not ours", async () => {
  const token = await text(`/v1/cards/${CODE}`);
  const { keys } = JSON.parse(await text("/.well-known/jwks.json"));
  const [header, payload, signature] = token.split(".");
  const jwk = keys.find(({ kid }) => kid === decode(header).kid);
  const key = createPublicKey({ key: jwk, format: "jwk" });
  assert.ok(verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url")));
});

// A page that replaced what scripts rely on, before the loader runs: every text
// with the name in it that passes through its hands names somebody else.
const FORGED = "冒名顶替有限公司";
const ATTACKS = {
  fetch: `
    const real = window.fetch;
    const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const token = (text) => {
      const parts = text.split(".");
      const payload = swap(new TextDecoder().decode(bytes(parts[1])));
      parts[1] = btoa(String.fromCharCode(...new TextEncoder().encode(payload))).replace(/[+]/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
      return parts.join(".");
    };
    window.fetch = async (...all) => {
      const answer = await real(...all);
      if (!String(all[0]).includes("/v1/cards/")) return answer;
      return new Response(token(await answer.text()), { headers: answer.headers });
    };`,
  JSON: `
    const real = JSON.parse;
    JSON.parse = (text, ...more) => real(swap(text), ...more);
    const write = JSON.stringify;
    JSON.stringify = (...all) => swap(write(...all));`,
  "Array.prototype": `
    Array.prototype.toJSON = function () { return "[]"; };
    Array.prototype[Symbol.iterator] = function* () { for (let at = 0; at < this.length; at += 1) yield swap(this[at]); };
    for (const name of ["at", "concat", "entries", "find", "flat", "flatMap", "includes", "join", "map", "pop", "push", "shift", "slice", "splice"]) {
      const real = Array.prototype[name];
      Array.prototype[name] = function (...all) { for (let at = 0; at < all.length; at += 1) all[at] = swap(all[at]); return swap(real.apply(this, all)); };
    }`,
  Promise: `
    const then = Promise.prototype.then;
    Promise.prototype.then = function (done, ...more) {
      return then.call(this, typeof done === "function" ? (value) => done(swap(value)) : done, ...more);
    };
    const Real = window.Promise;
    window.Promise = class extends Real { static resolve(value) { return super.resolve(swap(value)); } };`,
  "customElements.define": `
    const real = customElements.define;
    customElements.define = function (name, made, options) {
      return real.call(this, name, class extends made { getAttribute(name) { return swap(super.getAttribute(name)); } }, options);
    };`,
};
for (const [what, attack] of Object.entries(ATTACKS)) {
  test(`trust: a page that replaced ${what} makes no widget verify other facts`, async (world) => {
    await world.page.addInitScript(`(() => {
      const swap = (value) => (typeof value === "string" ? value.replaceAll(${JSON.stringify(NAME)}, ${JSON.stringify(FORGED)}) : value);
      ${attack}
    })();`);
    await world.place([["credit-card", { code: CODE }]]);
    await world.page.locator("credit-card:is([state=ready], [state=error], [state=blocked], [state=stale])").waitFor({ state: "attached", timeout: 15000 })
      .catch(() => {}); // broken is allowed
    const trust = await world.attribute("credit-card", "trust");
    // Without arrays on the way, which this page has in its hands.
    const seen = await world.page.locator("credit-card").evaluate((element) => element.shadowRoot.lastChild.textContent);
    assert.ok(!seen.includes(FORGED), `${trust}: ${seen}`);
    if (trust === "verified") assert.ok(seen.includes(NAME), seen);
    if (what === "fetch") assert.equal(trust, "invalid");
    if (what === "JSON") assert.equal(trust, "verified");
  }, { noisy: true });
}
