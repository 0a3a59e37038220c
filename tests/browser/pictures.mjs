// The department page and what is looked at with one's own eyes.
import assert from "node:assert/strict";
import { API, DEMO, test } from "./harness.mjs";
import { CODE, NAME } from "./elements.mjs";

async function works(world, url, heading) {
  await world.page.goto(url);
  assert.ok((await world.page.locator("h1").textContent()).includes(heading));
  for (const tag of ["credit-badge", "credit-card"]) {
    await world.state(tag, "ready");
    assert.equal(await world.attribute(tag, "trust"), "verified");
    await world.sees(tag, NAME);
  }
  await world.state("credit-query", "ready");
  await world.page.locator("credit-query input").fill("津味");
  await world.sees("credit-query", NAME);
  await world.page.locator("credit-query .result").click();
  await world.sees("credit-query", "已验证");
}

test("strangers: the department page is what the documentation says", (world) => works(world, `${DEMO}/department/`, "诚信商户公示"));

/** Every element of the park's page, and what is seen of it. */
const PARK = [
  ["credit-wall", "二号桥科技产业园"],
  ["credit-perks", "可以享受"],
  ["credit-inspect", "公共信用综合评价"],
  ["credit-trace", "追溯码"],
  ["credit-list", "信用服务机构"],
  ["credit-check", "把文件拖到这里"],
];

for (const [name, context] of [
  ["wide", { viewport: { width: 1280, height: 900 } }],
  ["phone", { viewport: { width: 360, height: 740 } }],
  ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
]) {
  test(`pictures: ${name}`, async (world) => {
    await works(world, `${DEMO}/department/`, "诚信商户公示");
    const overflow = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    await world.shot(`department-${name}`);
    await world.page.locator("credit-query").evaluate((element) => element.setAttribute("q", "示例"));
    await world.sees("credit-query", "显示");
    await world.shot(`results-${name}`);
    await world.page.goto(`${API}/s/${CODE}`);
    await world.state("credit-card", "ready");
    assert.equal(await world.attribute("credit-card", "trust"), "verified");
    await world.shot(`subject-${name}`);
    await world.place([["credit-card", { code: CODE, size: "large" }], ["credit-badge", { code: CODE, size: "large" }], ["credit-query", { q: "津味", size: "large" }]]);
    await world.sees("credit-query", NAME);
    const wide = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `large is ${wide} px too wide`);
    await world.page.locator("credit-card .qr path").waitFor({ state: "attached" });
    for (const tag of ["credit-card", "credit-badge", "credit-query"]) assert.deepEqual(await world.cutOff(tag), []);
    await world.shot(`large-${name}`);
  }, { context });
}

for (const [name, context] of [
  ["wide", { viewport: { width: 1280, height: 900 } }],
  ["phone", { viewport: { width: 360, height: 740 } }],
]) {
  test(`pictures: the park, ${name}`, async (world) => {
    await world.page.goto(`${DEMO}/park/`);
    for (const [tag, text] of PARK) {
      await world.page.locator(tag).scrollIntoViewIfNeeded();
      await world.state(tag, "ready");
      await world.sees(tag, text);
      assert.deepEqual(await world.cutOff(tag), []);
    }
    const overflow = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    await world.shot(`park-${name}`);
  }, { context });
}

test("pictures: the screen at the park's door shows whole cards", async (world) => {
  await world.page.goto(`${DEMO}/park/screen.html`);
  await world.state("credit-wall", "ready");
  await world.sees("credit-wall", "暂停轮播");
  const tall = await world.page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  assert.ok(tall <= 16, `${tall} px of it are below the screen`);
  await world.shot("park-screen");
}, { context: { viewport: { width: 1920, height: 1080 } } });

test("pages: the subject page works without script", async (world) => {
  await world.page.goto(`${API}/s/${CODE}`);
  assert.ok((await world.page.locator("h1").textContent()).includes(NAME));
  assert.ok(await world.page.getByText("糕点、糖果制造").isVisible());
}, { context: { javaScriptEnabled: false } });
