// The benefits of a subject, as a visitor reads them.
import assert from "node:assert/strict";
import { test } from "./harness.mjs";
import { CODE, NAME, OTHER, OTHER_NAME } from "./elements.mjs";

const tag = "credit-perks";
const problem = (status, code) => ({
  status, contentType: "application/problem+json", body: JSON.stringify({ code }), headers: { "access-control-allow-origin": "*" },
});

/** The benefits of each group: title and all that is said of it. */
const groups = (world) => world.page.locator(tag).evaluate((element) =>
  [...element.shadowRoot.querySelectorAll("section.record")].map((group) =>
    [...group.querySelectorAll(".tile")].map((tile) => [tile.getAttribute("aria-label"), tile.textContent])));

test("perks: what can be used, what has to be asked for, and what is missing, each with its reason", async (world) => {
  await world.place([[tag, { code: CODE }]]);
  await world.sees(tag, "暂不符合条件");
  await world.sees(tag, NAME);
  const [met, ask, unmet] = await groups(world);
  const said = (group, title) => group.find(([other]) => other === title)?.[1] ?? "";
  assert.match(said(met, "诚信小微贷"), /符合条件纳税缴费信用 2025 A（国家税务总局示例区税务局，2026-04-15）/);
  assert.match(said(met, "诚信小微贷"), /示发改信用〔2025〕15号/);
  assert.ok(said(met, "A级纳税人绿色通道"));
  assert.match(said(ask, "先诊疗后付费"), /请向示例区卫生健康委员会咨询是否符合/);
  assert.match(said(unmet, "个体工商户守信贷"), /需要“个体工商户信用评价”等级为 优；该主体在这一评价方案中没有公示的等级/);
  const titles = [met, ask, unmet].flat().map(([title]) => title);
  assert.ok(!titles.includes("免缴农民工工资保证金"), "one that has ended");
  await world.sees(tag, "由提供单位审核决定");
  await world.sees(tag, `现在可以享受 ${met.length}`);
  const link = world.page.locator(`${tag} .tile a`).first();
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
  assert.equal(await link.getAttribute("target"), "_blank");
  await world.shot("perks");
});

test("perks: another grade of the scheme is named, and none is taken for a better one", async (world) => {
  await world.page.route("**/v1/perks/*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const met = body.items.find(({ benefit }) => benefit.fields.some(({ value }) => value === "诚信小微贷"));
    const fields = met.benefit.fields.map((field) => (field.name === "level" ? { ...field, value: "B及以上" } : field));
    const unmet = { state: "unmet", benefit: { ...met.benefit, fields }, grade: null, has: [met.grade] };
    await route.fulfill({ response, json: { ...body, items: [unmet] } });
  });
  await world.place([[tag, { code: CODE }]]);
  await world.sees(tag, "需要“纳税缴费信用”等级为 B及以上；该主体目前为：纳税缴费信用 2025 A（国家税务总局示例区税务局，2026-04-15）。");
  await world.sees(tag, "暂不符合条件 1");
  await world.sees(tag, "按公示的等级，暂时没有可以直接享受的激励");
});

test("perks: one scene at a time, with how many there are", async (world) => {
  await world.place([[tag, { code: CODE }]]);
  const menu = world.page.locator(`${tag} #scene`);
  await menu.selectOption({ value: "loan" });
  await world.sees(tag, "现在可以享受 1");
  assert.deepEqual((await groups(world)).flat().map(([title]) => title).sort(), ["个体工商户守信贷", "诚信小微贷"].sort());
  assert.ok((await menu.locator("option").allTextContents()).includes("信易贷 2"));
  await menu.selectOption({ value: "" });
  await world.sees(tag, "先诊疗后付费");
});

test("perks: without a code a visitor types a name, chooses and reads", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  const input = world.page.locator(`${tag} input`);
  await input.fill("海河津味");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "请选择一个主体");
  assert.deepEqual(await world.events("credit-select"), []);
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "现在可以享受");
  await world.sees(tag, NAME);
  const [select] = await world.events("credit-select");
  assert.equal(select.detail.code, CODE);
  const focused = await world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.localName);
  assert.equal(focused, "h2");
  // A code needs no choice.
  await input.fill(OTHER);
  await world.page.keyboard.press("Enter");
  await world.sees(tag, OTHER_NAME);
  await input.fill("没有这样的名字");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "没有查到");
});

test("perks: an input method that is still composing asks nothing", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  await world.page.locator(`${tag} input`).focus();
  const devtools = await world.context.newCDPSession(world.page);
  await devtools.send("Input.imeSetComposition", { text: "hai he", selectionStart: 6, selectionEnd: 6 });
  await world.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  assert.deepEqual(world.requests.filter((url) => url.includes("/v1/search")), []);
  await devtools.send("Input.insertText", { text: "海河津味" });
  await world.page.keyboard.press("Enter");
  await world.sees(tag, NAME);
});

test("perks: loading, an unknown subject, error, offline and nothing at all are said", async (world) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route("**/v1/perks/*", async (route) => { await held; await route.fulfill(problem(404, "not-found")); });
  await world.place([[tag, { code: CODE }]]);
  await world.sees(tag, "正在查询");
  await world.state(tag, "loading");
  release();
  await world.sees(tag, "没有查到这个主体");
  await world.state(tag, "error");
  const again = world.page.getByRole("button", { name: "重试" });
  await world.page.unroute("**/v1/perks/*");
  await world.page.route("**/v1/perks/*", (route) => route.fulfill(problem(500, "internal")));
  await again.click();
  await world.sees(tag, "暂时无法回答");
  await world.page.unroute("**/v1/perks/*");
  await world.context.setOffline(true);
  await again.click();
  await world.sees(tag, "没有网络连接");
  await world.context.setOffline(false);
  await world.page.route("**/v1/perks/*", (route) =>
    route.fulfill({ json: { code: CODE, items: [] }, headers: { "access-control-allow-origin": "*" } }));
  await again.click();
  await world.sees(tag, "目前没有公示的守信激励事项");
  await world.state(tag, "ready");
}, { noisy: true });
