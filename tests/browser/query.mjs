// The query window as a visitor uses it.
import assert from "node:assert/strict";
import { test } from "./harness.mjs";
import { CODE, NAME } from "./elements.mjs";

const tag = "credit-query";
const asked = (world) => world.requests.filter((url) => url.includes("/v1/search"));

test("query: type, choose with the arrow keys, read, go back", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  const input = world.page.locator(`${tag} input`);
  await input.focus();
  await world.page.keyboard.type("示例");
  await world.sees(tag, "先显示10条");
  await world.page.keyboard.press("ArrowDown");
  await world.page.keyboard.press("ArrowDown");
  await world.page.keyboard.press("ArrowUp");
  await world.page.keyboard.press("ArrowUp");
  assert.ok(await input.evaluate((element) => element.getRootNode().activeElement === element));
  await input.fill("海河津味");
  await world.sees(tag, "共1条结果");
  await world.page.keyboard.press("ArrowDown");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "登记信息");
  await world.sees(tag, "已验证");
  const [select] = await world.events("credit-select");
  assert.equal(select.detail.code, CODE);
  await world.page.getByText("返回查询结果").click();
  await world.sees(tag, "共1条结果");
  assert.equal(await input.inputValue(), "海河津味");
});

test("query: more pages come when asked for, and focus goes to the first new one", async (world) => {
  await world.place([[tag, { q: "公司" }]]);
  await world.sees(tag, "先显示10条");
  await world.page.getByText("显示更多").click();
  await world.sees(tag, "先显示20条");
  const index = await world.page.locator(tag).evaluate((element) => {
    const root = element.shadowRoot;
    return [...root.querySelectorAll(".result")].indexOf(root.activeElement);
  });
  assert.equal(index, 10);
});

test("query: an input method that is still composing asks nothing", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  await world.page.locator(`${tag} input`).focus();
  const devtools = await world.context.newCDPSession(world.page);
  for (const composing of ["h", "ha", "hai he"]) {
    await devtools.send("Input.imeSetComposition", { text: composing, selectionStart: composing.length, selectionEnd: composing.length });
  }
  // Longer than the pause after which typing is taken as finished.
  await world.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  assert.deepEqual(asked(world), []);
  await devtools.send("Input.insertText", { text: "海河津味" });
  await world.sees(tag, NAME);
  assert.deepEqual(asked(world).map((url) => new URL(url).searchParams.get("q")), ["海河津味"]);
});

test("query: loading, nothing found, error and offline are all said", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route("**/v1/search*", async (route) => { await held; await route.continue(); });
  const input = world.page.locator(`${tag} input`);
  await input.fill("没有这样的名字");
  await world.sees(tag, "正在查询");
  await world.state(tag, "loading");
  release();
  await world.sees(tag, "没有查到");
  await world.page.unroute("**/v1/search*");
  await world.page.route("**/v1/search*", (route) => route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"code":"internal"}', headers: { "access-control-allow-origin": "*" } }));
  await input.fill("海河");
  await world.sees(tag, "暂时无法回答");
  assert.equal(await world.attribute(tag, "state"), "error");
  await world.page.unroute("**/v1/search*");
  await world.context.setOffline(true);
  await input.fill("海河津");
  await world.sees(tag, "没有网络连接");
  await world.shot("query-offline");
  await world.context.setOffline(false);
  await world.page.getByRole("button", { name: "重试" }).click();
  await world.sees(tag, NAME);
}, { noisy: true });

test("query: a deep link opens the subject, a code as published is flagged", async (world) => {
  await world.place([[tag, { code: "91120102MATEXT01X5" }]]);
  await world.sees(tag, "示例市晨光机电设备有限公司");
  await world.sees(tag, "校验未通过");
});

test("query: what a visitor types is never markup", async (world) => {
  await world.place([[tag, { q: "<img src=x onerror=alert(1)>\"' OR 1=1 --" }]]);
  await world.sees(tag, "没有查到");
});

test("query: more of an old answer is not mixed with a new question", async (world) => {
  await world.place([[tag, { q: "示例" }]]);
  await world.sees(tag, "先显示10条");
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route("**/v1/search*", async (route) => { await held; await route.continue(); });
  await world.page.locator(`${tag} input`).fill("海河津味");
  await world.state(tag, "loading");
  await world.page.getByText("显示更多").click();
  release();
  await world.sees(tag, "共1条结果");
  await world.state(tag, "ready");
});

test("query: a subject that was opened while typing stays open", async (world) => {
  await world.place([[tag, { q: "示例" }]]);
  await world.sees(tag, "先显示10条");
  await world.page.locator(tag).evaluate((element) => {
    const input = element.shadowRoot.querySelector("input");
    input.value = "海河";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    element.shadowRoot.querySelector(".result").click();
  });
  await world.sees(tag, "登记信息");
  await world.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  await world.sees(tag, "登记信息");
});

test("query: initials, syllables and former names find a subject", async (world) => {
  await world.place([[tag, { q: "hhjw" }]]);
  await world.sees(tag, NAME);
  const marked = () => world.page.locator(`${tag} mark`).allTextContents();
  assert.deepEqual(await marked(), ["海河津味"]);
  const input = world.page.locator(`${tag} input`);
  await input.fill("haihejinw");
  await world.sees(tag, "共1条结果");
  assert.deepEqual(await marked(), ["海河津味"]);
  // The demo data of seed 1 has a firm that was called so before.
  await input.fill("橙光堡垒医");
  await world.sees(tag, "曾用名：天津橙光堡垒医药有限公司");
  await world.sees(tag, "示例市天塔据泾医药有限公司");
  assert.deepEqual(await marked(), ["橙光堡垒医"]);
});
