// What must never be believed, and what is said when a server is in trouble.
import assert from "node:assert/strict";
import { API, CODE, NAME, test } from "../harness.mjs";

for (const tag of ["credit-badge", "credit-card"]) {
  for (const [way, what] of [
    ["byte", "a byte of the card"],
    ["signature", "a byte of the signature"],
    ["keys", "a byte of the key set"],
    ["rubbish", "all of the card"],
  ]) {
    test(`${tag}: ${what} changed is invalid and claims nothing`, async (world) => {
      await world.place([[tag, { code: CODE, api: world.by(way) }, "后备"]]);
      await world.sees(tag, "验证失败");
      await world.is(tag, "trust", "invalid");
      await world.state(tag, "ready");
      await world.hides(tag, NAME, "已验证", "后备", "海河", "2008");
      const { detail } = await world.event("credit-error", tag);
      assert.equal(detail.code, "invalid");
    });
  }

  test(`${tag}: what the proxy leaves alone is verified`, async (world) => {
    await world.place([[tag, { code: CODE, api: world.by("as") }]]);
    await world.verified(tag);
  });

  test(`${tag}: without a status list it is shown as not checked`, async (world) => {
    await world.place([[tag, { code: CODE, api: world.by("list") }]]);
    await world.sees(tag, NAME);
    await world.sees(tag, "未核验");
    await world.is(tag, "trust", "unverified");
    await world.hides(tag, "已验证");
  }, { noisy: true });

  for (const [way, words] of [["busy", "查询过于频繁"], ["down", "无法连接"]]) {
    test(`${tag}: a server that is ${way} is said, and the fallback stays`, async (world) => {
      await world.place([[tag, { code: CODE, api: world.by(way) }, "后备"]]);
      await world.sees(tag, words);
      await world.sees(tag, "后备");
      await world.state(tag, "error");
      assert.equal(await world.attribute(tag, "trust"), null);
      await world.hides(tag, NAME);
    }, { noisy: true });
  }

  test(`${tag}: without the server the card of before is shown with its date, never as verified`, async (world) => {
    await world.place([[tag, { code: CODE }]]);
    await world.verified(tag);
    const kept = await world.run(() => Object.entries(localStorage));
    assert.ok(kept.length > 0, "nothing was remembered");
    // What was remembered of the server, for one that cannot be reached.
    const moved = kept.map(([name, value]) => [name.replaceAll(API, world.by("down")), value]);
    await world.place([[tag, { code: CODE, api: world.by("down") }]], { kept: moved });
    await world.sees(tag, NAME);
    await world.sees(tag, "本机 20");
    await world.is(tag, "trust", "unverified");
    await world.state(tag, "stale");
    await world.hides(tag, "已验证");
  }, { noisy: true });
}

test("query: a server in trouble is said, and another try helps", async (world) => {
  await world.place([["credit-query", { q: "津味", api: world.by("busy") }]]);
  await world.sees("credit-query", "查询过于频繁");
  await world.run((api) => document.querySelector("credit-query").setAttribute("api", api), world.by("down"));
  await world.sees("credit-query", "无法连接");
  await world.run((api) => document.querySelector("credit-query").setAttribute("api", api), API);
  await world.sees("credit-query", NAME);
}, { noisy: true });

test("wasm with another content type runs", async (world) => {
  await world.place([["credit-badge", { code: CODE }], ["credit-query", { q: "津味" }]], { by: "mime" });
  await world.verified("credit-badge");
  await world.sees("credit-query", NAME);
  assert.ok(world.proxy.asked.some((url) => url.startsWith("/mime-") && url.endsWith("badge_bg.wasm")));
});

test("a broken download is not blamed on the page", async (world) => {
  await world.place([["credit-badge", { code: CODE }, "后备"]], { by: "broken" });
  await world.state("credit-badge", "error");
  await world.sees("credit-badge", "后备");
  const { detail } = await world.event("credit-error", "credit-badge");
  assert.equal(detail.code, "load");
}, { noisy: true });
