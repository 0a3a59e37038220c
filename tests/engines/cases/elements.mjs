// What every element does, whatever it is.
import assert from "node:assert/strict";
import { API, CODE, NAME, OTHER, OTHER_NAME, test } from "../harness.mjs";

const pass = async (code) => (await fetch(`${API}/v1/cards/${code}/pass`)).text();
const signed = { good: { code: CODE }, change: { code: OTHER }, bad: { issuer: "nobody" }, named: "issuer", isSigned: true };
const ELEMENTS = [
  { tag: "credit-badge", ...signed, english: ["Verified", "Enterprise"] },
  { tag: "credit-card", ...signed, english: ["Verified", "Legal form", "Registered capital"] },
  { tag: "credit-report", ...signed, english: ["Verified", "Public credit report"] },
  { tag: "credit-verify", ...signed, good: { token: await pass(CODE) }, change: { token: await pass(OTHER) }, english: ["Verified", "Paste the link"] },
  { tag: "credit-query", good: { q: "海河津味" }, change: { q: "绿叶" }, bad: { code: "x" }, named: "code", english: ["1 found"] },
  { tag: "credit-wall", good: { area: "JQ-01" }, change: { area: "YQ-01" }, bad: { mode: "party" }, named: "mode", seen: "棉三文化街区", after: "二号桥科技产业园", english: ["With a public commitment"] },
  { tag: "credit-list", good: { list: "abnormal-operation" }, change: { list: "judgments" }, bad: { list: "x".repeat(65) }, named: "list", seen: "经营异常名录", after: "失信被执行人", english: ["How one comes onto it"] },
  { tag: "credit-perks", good: { code: CODE }, change: { code: OTHER }, bad: { code: "9112" }, named: "code", english: ["Can be used now"] },
  { tag: "credit-inspect", good: { scheme: "tax" }, change: { scheme: "environment" }, bad: { code: "x" }, named: "code", seen: "三年内不重复检查", after: "每月一次", english: ["Share inspected"] },
  { tag: "credit-trace", good: { trace: "2008120102015" }, change: { trace: "12326000000000001" }, bad: { trace: "9".repeat(201) }, named: "trace", seen: "津味桂花糕", after: "有机红豆馅", english: ["Recognised as GTIN"] },
];

for (const { tag, good, change, bad, named, isSigned, seen = NAME, after = OTHER_NAME, english } of ELEMENTS) {
  const shows = (world) => (isSigned ? world.verified(tag) : world.sees(tag, seen));

  test(`${tag}: the fallback is seen until it is ready, and not after`, async (world) => {
    world.proxy.hold();
    await world.place([[tag, good, "后备内容"]], { by: "held" });
    await world.until("no code is asked for", () => world.proxy.asked.some((url) => url.endsWith(".wasm")));
    await world.state(tag, "loading");
    await world.sees(tag, "后备内容");
    world.proxy.release();
    await shows(world);
    await world.hides(tag, "后备内容");
  });

  test(`${tag}: far off it loads nothing before it is seen`, async (world) => {
    await world.place([[tag, good]], { down: 9000 });
    await world.state(tag, "loading");
    // By then an observer has told of all that is near.
    await world.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
    const asked = async () => (await world.fetched()).filter((url) => /\.wasm$|\/v1\/(?!credit\.js)|\.well-known/.test(url));
    assert.deepEqual(await asked(), []);
    await world.run((tag) => document.querySelector(tag).scrollIntoView(), tag);
    await shows(world);
    assert.ok((await asked()).length > 0);
  });

  test(`${tag}: attributes can change, also from bad to good`, async (world) => {
    await world.place([[tag, { ...good, ...bad }]]);
    await world.state(tag, "error");
    await world.sees(tag, named);
    const { detail } = await world.event("credit-error", tag);
    assert.equal(detail.code, "attribute");
    const set = (attributes) => world.run((tag, attributes, gone) => {
      const element = document.querySelector(tag);
      for (const name of gone) element.removeAttribute(name);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }, tag, attributes, Object.keys(bad));
    await set(good);
    await shows(world);
    await set(change);
    await world.sees(tag, after);
    await world.hides(tag, seen);
  });

  test(`${tag}: can be moved, taken out and put back`, async (world) => {
    await world.place([[tag, good]]);
    await shows(world);
    const isKept = await world.run(async (tag) => {
      const element = document.querySelector(tag);
      const before = element.shadowRoot.querySelector("div").firstElementChild;
      const aside = document.createElement("section");
      document.querySelector("main").append(aside);
      aside.append(element);
      await new Promise((resolve) => setTimeout(resolve));
      return before !== null && before === element.shadowRoot.querySelector("div").firstElementChild;
    }, tag);
    assert.ok(isKept, "a move built everything anew");
    const sheets = () => world.run((tag) => document.querySelector(tag).shadowRoot.adoptedStyleSheets.length, tag);
    const before = await sheets();
    for (let round = 0; round < 3; round += 1) {
      const left = await world.run(async (tag) => {
        const element = document.querySelector(tag);
        const parent = element.parentNode;
        element.remove();
        await new Promise((resolve) => setTimeout(resolve));
        const left = element.shadowRoot.querySelector("div").childNodes.length;
        parent.append(element);
        return left;
      }, tag);
      assert.equal(left, 0, "something was left of an element that was taken out");
      await shows(world);
    }
    assert.equal(await sheets(), before, "style sheets pile up");
  });

  test(`${tag}: a closed shadow root is closed, and shows as much`, async (world) => {
    await world.place([[tag, { ...good, shadow: "closed" }]]);
    await shows(world);
    assert.equal(await world.run((tag) => document.querySelector(tag).shadowRoot === null, tag), true);
  });

  test(`${tag}: speaks English when asked to`, async (world) => {
    await world.place([[tag, { ...good, lang: "en" }]], { lang: "en" });
    for (const words of seen === NAME ? [...english, NAME] : english) await world.sees(tag, words);
    await world.hides(tag, "已验证");
  });

  test(`${tag}: works where storage is blocked`, async (world) => {
    await world.frame([[tag, good]], { sandbox: "allow-scripts", width: 900, height: 1200 });
    const isBlocked = await world.run(() => {
      try {
        return !localStorage;
      } catch {
        return true;
      }
    });
    assert.ok(isBlocked, "the frame has a storage");
    await shows(world);
  });
}

test("several on a page ask for their cards together", async (world) => {
  // Of one kind: a badge does not wait for the styles that a card fetches first.
  await world.place([["credit-card", { code: CODE }], ["credit-card", { code: OTHER }]]);
  await world.verified("credit-card");
  await world.verified("credit-card", OTHER_NAME, 1);
  const asked = await world.fetched();
  assert.equal(asked.filter((url) => url.includes("/v1/cards?")).length, 1, "one request for both cards");
  assert.equal(asked.filter((url) => url.endsWith("badge_bg.wasm")).length, 1);
});

test("report: chapters stand with counts, records, sources and rules", async (world) => {
  await world.place([["credit-report", { code: CODE }]]);
  await world.verified("credit-report");
  for (const words of ["公共信用信息报告", "报告编号", "概述", "行政许可", "查询期内无相关信息", "公示依据", "不评价、不评分"]) {
    await world.sees("credit-report", words);
  }
  const [chapters, number, entries] = await world.run(() => {
    const root = document.querySelector("credit-report").shadowRoot;
    const all = root.querySelectorAll(".chapter");
    return [all.length, root.querySelector(".count .number").textContent, all[2].querySelectorAll(".entry").length];
  });
  assert.ok(chapters > 3, `${chapters} chapters`);
  assert.equal(entries, Number(number), "as many records as are counted");
});
