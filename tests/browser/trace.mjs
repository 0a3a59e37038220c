// Product tracing as a visitor uses it.
import assert from "node:assert/strict";
import { test } from "./harness.mjs";
import { CODE } from "./elements.mjs";

const tag = "credit-trace";
const PRODUCT = "津味桂花糕";
const asked = (world) => world.requests.filter((url) => url.includes("/v1/traces/"));
const focused = (world) => world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.localName);

const FORMS = [
  "2008120102015", "02008120102015", "2008 1201 02015", "２００８１２０１０２０１５", "商品条码：2008120102015",
  "(01)02008120102015(10)20260901A", "]d20102008120102015", "https://id.gs1.org/01/02008120102015/10/20260901A?17=261231",
];

test("trace: any form of a code finds the product", async (world) => {
  await world.place(FORMS.map((trace) => [tag, { trace }]));
  for (const [index, form] of FORMS.entries()) {
    await world.page.locator(tag).nth(index).scrollIntoViewIfNeeded();
    await world.sees(tag, PRODUCT, index);
    await world.sees(tag, "识别为商品条码", index);
    assert.equal(await world.page.locator(tag).nth(index).locator("input").inputValue(), form);
  }
});

test("trace: a recall stands on top, and the batch that was scanned is the first", async (world) => {
  await world.place([[tag, { trace: "(01)02008120102015(10)20260315b" }]]);
  await world.sees(tag, PRODUCT);
  await world.sees(tag, "也可能是医疗器械唯一标识");
  const notices = await world.page.locator(`${tag} .notice.bad`).allTextContents();
  assert.equal(notices.length, 1);
  assert.match(notices[0], /产品召回，批次 20260315B：2026年5月20日召回：外包装生产日期标注错误/);
  const tiles = await world.page.locator(`${tag} .tile`).allTextContents();
  assert.match(tiles[0], /批次 20260315B/);
  assert.match(tiles[0], /已过保质期或者有效期：至2026-07-14，今天是\d{4}-\d\d-\d\d。/);
  assert.match(tiles[1], /批次 20260901A/);
  const steps = await world.page.locator(`${tag} ol`).first().locator("li").allTextContents();
  assert.deepEqual(steps, ["海河津味食品", "示例区各门店"]);
  await world.sees(tag, "来源");
  await world.shot("trace");
});

test("trace: a batch of which nothing is published says so", async (world) => {
  await world.place([[tag, { trace: "(01)02008120102015(10)X1(17)200131" }]]);
  await world.sees(tag, "没有公布所查批号的信息");
  await world.sees(tag, PRODUCT);
  await world.sees(tag, "已过保质期或者有效期：至2020-01-31");
});

test("trace: the producer's card opens when a visitor wants it, and is checked", async (world) => {
  await world.place([[tag, { trace: "2008120102015" }]]);
  await world.sees(tag, PRODUCT);
  assert.deepEqual(world.requests.filter((url) => url.includes("/v1/cards")), []);
  assert.deepEqual(await world.events("credit-select"), []);
  await world.page.getByRole("button", { name: "查看信用名片" }).click();
  await world.sees(tag, "已验证");
  const [select] = await world.events("credit-select");
  assert.equal(select.detail.code, CODE);
  await world.page.getByRole("button", { name: "收起信用名片" }).click();
  await world.page.locator(`${tag} credit-card`).waitFor({ state: "detached" });
});

test("trace: type, read, type again; what is no code is said and not asked for", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  await world.sees(tag, "可以查询的编码");
  await world.sees(tag, "药品追溯码");
  const input = world.page.locator(`${tag} input`);
  await input.fill("2008120102016");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "商品条码2008120102016的校验位应为5，请核对");
  await input.fill("(01)02008120102015(17)261341");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "(17)后面的261341不是日期");
  assert.deepEqual(asked(world), []);
  assert.equal(await focused(world), "input");
  await input.fill("12326 000000 000001");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "有机红豆馅");
  assert.equal(await focused(world), "h3");
  await input.fill("ＣＮＨＧＺ-120102-0001");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "西红柿");
  await world.sees(tag, "承诺达标合格证");
  assert.ok(!(await world.seen(tag)).includes("有机红豆馅"));
  await input.fill("");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "可以查询的编码");
});

test("trace: where nothing is known, official places are named, and none is asked", async (world) => {
  await world.place([[tag, { trace: "6901234567892" }]]);
  await world.sees(tag, "本平台没有公布这个编码的产品信息");
  await world.state(tag, "ready");
  const link = world.page.locator(`${tag} a`);
  assert.deepEqual(
    await link.evaluateAll((links) => links.map((link) => [link.href, link.target, link.rel])),
    [["http://www.gds.org.cn/", "_blank", "noopener noreferrer"]]);
  await world.sees(tag, "网址以主管部门公布的为准");
  await world.page.locator(tag).evaluate((element) => element.setAttribute("trace", "81234567890123456789"));
  await world.sees(tag, "药品标识码");
  await world.sees(tag, "请用药品包装上标明的");
  assert.equal(await link.count(), 0);
  assert.deepEqual(await world.events("credit-error"), []);
}, { noisy: true });

test("trace: an input method that is still composing asks nothing", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  await world.page.locator(`${tag} input`).focus();
  const devtools = await world.context.newCDPSession(world.page);
  await devtools.send("Input.imeSetComposition", { text: "he ge", selectionStart: 5, selectionEnd: 5 });
  await world.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  assert.deepEqual(asked(world), []);
  await devtools.send("Input.insertText", { text: "2008120102015" });
  await world.page.keyboard.press("Enter");
  await world.sees(tag, PRODUCT);
  assert.equal(asked(world).length, 1);
});

test("trace: loading, error and offline are said, and an old answer is dropped", async (world) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route("**/v1/traces/2008120102015?*", async (route) => { await held; await route.continue(); });
  await world.place([[tag, { trace: "2008120102015" }]]);
  await world.sees(tag, "正在查询");
  await world.state(tag, "loading");
  await world.page.locator(tag).evaluate((element) => element.setAttribute("trace", "12326000000000001"));
  await world.sees(tag, "有机红豆馅");
  release();
  await world.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  assert.ok(!(await world.seen(tag)).includes(PRODUCT));
  const input = world.page.locator(`${tag} input`);
  await world.page.route("**/v1/traces/*", (route) => route.fulfill({
    status: 500, contentType: "application/problem+json", body: '{"code":"internal"}', headers: { "access-control-allow-origin": "*" },
  }));
  await input.fill("CNHGZ-120102-0001");
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "暂时无法回答");
  await world.state(tag, "error");
  await world.page.unroute("**/v1/traces/*");
  await world.context.setOffline(true);
  const again = world.page.getByRole("button", { name: "重试" });
  await again.click();
  await world.sees(tag, "没有网络连接");
  await world.context.setOffline(false);
  await again.click();
  await world.sees(tag, "西红柿");
}, { noisy: true });
