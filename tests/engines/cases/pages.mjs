// Pages of strangers and of our own.
import assert from "node:assert/strict";
import { CODE, NAME, test } from "../harness.mjs";
import * as page from "../page.mjs";

const FALLBACK = "后备内容";

test("plain: badge, card and query show what they are for, and say that it was checked", async (world) => {
  await world.place([["credit-badge", { code: CODE }, FALLBACK], ["credit-query", { q: "津味" }, FALLBACK], ["credit-card", { code: CODE }, FALLBACK]]);
  for (const tag of ["credit-badge", "credit-card"]) await world.verified(tag);
  for (const words of ["企业类型", "注册资本", "数据截至"]) await world.sees("credit-card", words);
  await world.sees("credit-query", NAME);
  await world.sees("credit-query", "共1条结果");
  await world.state("credit-query", "ready");
  for (const tag of ["credit-badge", "credit-card", "credit-query"]) {
    await world.event("credit-ready", tag);
    await world.hides(tag, FALLBACK);
    const { adopted, rules, inline } = await world.run(page.dress, tag, NAME);
    assert.ok(adopted > 1 && rules > 5, `${tag} has ${adopted} sheets with ${rules} rules`);
    assert.equal(inline, 0, `${tag} has styles of its own`);
  }
  await world.part("credit-card", ".qr path");
  await world.shot(world.engine);
  await world.hides("credit-card", "撤销状态：通过");
  await world.click("credit-card", ".log-title");
  await world.sees("credit-card", "撤销状态：通过");
});

/** A page with badge, card and query as the documentation has it. */
async function works(world, path, heading) {
  await world.driver.open(world.page(path));
  assert.ok((await world.run(() => document.querySelector("h1").textContent)).includes(heading));
  await everythingWorks(world);
}

async function everythingWorks(world) {
  for (const tag of ["credit-badge", "credit-card"]) await world.verified(tag);
  await world.state("credit-query", "ready");
  await world.click("credit-query", "input");
  await world.keys("hhjw");
  await world.sees("credit-query", NAME);
  await world.click("credit-query", ".result");
  await world.sees("credit-query", "已验证");
}

test("a page in GBK", async (world) => {
  await works(world, "/gbk/", "国标编码");
  assert.equal(await world.run(() => document.characterSet), "GBK");
});

test("a page under a strict CSP with Trusted Types", (world) => works(world, "/strict-csp/", "严格"));

test("the strict CSP is kept: nothing is reported but what the test does itself", async (world) => {
  await world.driver.open(world.by("site") + "/strict-csp/");
  await everythingWorks(world);
  await world.run(() => document.body.append(document.createElement("style")));
  await world.run(() => { document.querySelector("style").textContent = "h1 { color: red }"; });
  await world.until("nothing is ever reported", () => world.proxy.reports.length > 0);
  assert.deepEqual([...new Set(world.proxy.reports)], ["style-src-elem"]);
  const text = await world.run(() => {
    try {
      document.body.innerHTML = "<p>markup</p>";
      return "let in";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(text, "TypeError", "Trusted Types are not enforced here");
}, { noisy: true });

test("a page whose CSP forbids WebAssembly keeps its fallback", async (world) => {
  await world.driver.open(world.page("/no-wasm/"));
  for (const tag of ["credit-badge", "credit-card", "credit-query"]) {
    await world.state(tag, "blocked");
    assert.equal(await world.attribute(tag, "trust"), null);
    const box = await world.run((tag) => document.querySelector(`${tag} > a`).getBoundingClientRect().toJSON(), tag);
    assert.ok(box.width > 0 && box.height > 0, `the fallback of ${tag} is not seen`);
  }
  await world.sees("credit-card", "查看信用名片");
  await world.sees("credit-query", "到信用信息中心查询");
  await world.until("the image is not shown", () => world.run(() => {
    const image = document.querySelector("credit-badge img");
    return image.complete && image.naturalWidth === 240;
  }));
  assert.deepEqual((await world.fetched()).filter((url) => url.endsWith(".wasm")), [], "code was fetched in vain");
}, { noisy: true });

test("a frame of ours is as high as the card that it shows", async (world) => {
  await world.driver.open(world.page("/plain/"));
  await world.run((source, host) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: source, title: "信用名片", width: "100%" });
    const script = document.createElement("script");
    script.src = host;
    document.head.append(script);
    document.getElementById("place").append(frame);
  }, world.own(`/embed/v1/frame/credit-card?code=${CODE}`), world.own("/assets/frame-host.js"));
  await world.until("no height is asked for", () => world.run(() => Number(document.querySelector("iframe").height) > 200));
  await world.driver.enter(0);
  await world.verified("credit-card");
  await world.part("credit-card", ".qr path");
  let [outer, inner] = [0, 0];
  await world.until(() => `${outer} px around ${inner}`, async () => {
    inner = await world.run(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
    await world.driver.enter();
    outer = await world.run(() => document.querySelector("iframe").getBoundingClientRect().height);
    await world.driver.enter(0);
    return Math.abs(outer - inner) <= 8;
  });
});

test("a link of a pass is checked on the page that it opens", async (world) => {
  const pass = await (await fetch(world.own(`/v1/cards/${CODE}/pass`))).text();
  await world.driver.open(world.own(`/verify#${pass}`));
  await world.verified("credit-verify");
  assert.ok((await world.fetched()).every((url) => !url.includes(pass)), "the pass was sent to a server");
});
