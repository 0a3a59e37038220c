// The query window as a visitor uses it.
import assert from "node:assert/strict";
import { test } from "./harness.mjs";
import { CODE, NAME, OTHER, OTHER_NAME } from "./elements.mjs";

const tag = "credit-query";
const asked = (world) => world.requests.filter((url) => url.includes("/v1/search"));
const words = (url, name) => new URL(url).searchParams.get(name);
const press = (world, name, index = 0) => world.page.getByRole("button", { name }).nth(index).click();
const kept = (world) => world.page.evaluate(() => localStorage.getItem("credit:query-history"));
const answer = (body) => ({ contentType: "application/json", body: JSON.stringify(body), headers: { "access-control-allow-origin": "*" } });

/** Puts a window into the page behind an address. */
async function enter(world, hash, attributes = {}) {
  await world.place([]);
  await world.page.evaluate(([hash, attributes]) => {
    history.replaceState({ kept: 1 }, "", hash ? `#${hash}` : location.pathname);
    const element = document.createElement("credit-query");
    for (const [name, value] of Object.entries({ link: "hash", ...attributes })) element.setAttribute(name, value);
    document.getElementById("place").append(element);
  }, [hash, attributes]);
}
const hash = (world) => world.page.evaluate(() => decodeURIComponent(location.hash));
const hashIs = (world, expected) => world.page.waitForFunction((expected) => decodeURIComponent(location.hash) === expected, expected);

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

test("query: a closed subject is told from others in words and shape", async (world) => {
  await world.place([[tag, { q: "旧时光音像" }]]);
  await world.sees(tag, "企业 · 注销 · 示例市 示例区");
  const frame = await world.page.locator(`${tag} .closed`).evaluate((mark) => getComputedStyle(mark).borderTopStyle);
  assert.equal(frame, "solid");
});

test("query: nothing is asked for before a visitor does something, areas when the filters are opened", async (world) => {
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  await world.sees(tag, "可输入名称的任意部分");
  const calls = () => world.requests.filter((url) => url.includes("/v1/") && !url.includes("/embed/"));
  assert.deepEqual(calls(), []);
  await world.page.locator(`${tag} summary`).click();
  await world.page.locator(`${tag} #area option[value="YQ-01"]`).waitFor({ state: "attached" });
  assert.equal(calls().length, 1);
  assert.ok(calls()[0].includes("/v1/areas"));
});

test("query: filters narrow the results, keep what was typed, and can be dropped where nothing is left", async (world) => {
  await world.place([[tag, { q: "示例区" }]]);
  await world.sees(tag, "共4条结果");
  await world.page.locator(`${tag} summary`).click();
  await world.page.locator(`${tag} #kind`).selectOption("social-organisation");
  await world.sees(tag, "示例区餐饮行业协会");
  await world.sees(tag, "筛选：社会组织");
  const last = () => asked(world).at(-1);
  assert.deepEqual([words(last(), "q"), words(last(), "kind"), words(last(), "area")], ["示例区", "social-organisation", null]);
  await world.page.locator(`${tag} #area option[value="JD-01"]`).waitFor({ state: "attached" });
  await world.page.locator(`${tag} #area`).selectOption("JD-01");
  await world.sees(tag, "筛选：社会组织 · 大直沽街道");
  assert.deepEqual([words(last(), "kind"), words(last(), "area")], ["social-organisation", "JD-01"]);
  const input = world.page.locator(`${tag} input`);
  await input.fill("修鞋");
  await world.sees(tag, "按当前筛选条件没有查到");
  assert.equal(words(last(), "area"), "JD-01");
  await press(world, "取消筛选");
  await world.sees(tag, "示例区老街修鞋铺");
  assert.deepEqual([words(last(), "kind"), words(last(), "area")], [null, null]);
  assert.equal(await input.inputValue(), "修鞋");
  assert.equal(await world.page.locator(`${tag} #kind`).inputValue(), "");
  assert.ok(await input.evaluate((element) => element.getRootNode().activeElement === element));
});

test("query: areas that cannot be had are asked for again", async (world) => {
  await world.page.route("**/v1/areas*", (route) => route.abort());
  await world.place([[tag, {}]]);
  await world.page.locator(`${tag} summary`).click();
  await world.sees(tag, "无法连接信用信息服务");
  await world.page.unroute("**/v1/areas*");
  await press(world, "重试");
  await world.page.locator(`${tag} #area option[value="LY-01"]`).waitFor({ state: "attached" });
}, { noisy: true });

test("query: a page without a result is no answer while there is another", async (world) => {
  const item = { code: CODE, name: NAME, kind: "enterprise", status: "active", region: null };
  let pages = 0;
  await world.page.route("**/v1/search*", (route) => {
    pages += 1;
    return route.fulfill(answer(pages < 9 ? { items: [], next: `p${pages}` } : { items: [item], next: null }));
  });
  await world.place([[tag, { q: "海河" }]]);
  await world.sees(tag, "尚未找到符合条件的主体");
  assert.ok(!(await world.seen(tag)).includes("没有查到"));
  assert.equal(pages, 6);
  assert.equal(words(asked(world).at(-1), "cursor"), "p5");
  await press(world, "继续查找");
  await world.sees(tag, NAME);
  await world.sees(tag, "共1条结果");
  await world.page.waitForFunction(() => document.querySelector("credit-query").shadowRoot.activeElement?.classList.contains("result"));
});

test("query: more than can be shown is said", async (world) => {
  const items = Array.from({ length: 1000 }, (_, index) => ({
    code: `91120102MATEXT${String(index % 100).padStart(2, "0")}X4`, name: `第${index}公司`, kind: "enterprise", status: "active", region: null,
  }));
  await world.page.route("**/v1/search*", (route) => route.fulfill(answer({ items, next: null })));
  await world.place([[tag, { q: "公司" }]]);
  await world.sees(tag, "结果过多，只能显示前1000条");
});

test("query: what was opened is kept on the device, for all windows of the page, until it is cleared", async (world) => {
  await world.place([[tag, { q: "海河津味" }], [tag, {}]]);
  await world.sees(tag, "共1条结果");
  assert.equal(await kept(world), null);
  await world.page.locator(`${tag} .result`).first().click();
  await world.sees(tag, "登记信息");
  await world.sees(tag, "查询历史（仅保存在本设备）", 1);
  await world.sees(tag, NAME, 1);
  assert.equal(await kept(world), `${CODE}\t${NAME}`);
  assert.ok(!(await world.seen(tag)).includes("查询历史"), "it stands beside what is open");
  await press(world, NAME);
  await world.sees(tag, "登记信息", 1);
  await press(world, "返回查询结果", 1);
  await press(world, "清除历史");
  await world.page.waitForFunction(() => localStorage.getItem("credit:query-history") === null);
  assert.ok(!(await world.seen(tag, 1)).includes("查询历史"));
});

test("query: who wants no history has none, and it stays so", async (world) => {
  await world.place([[tag, {}]]);
  await world.page.evaluate(([code, name]) => localStorage.setItem("credit:query-history", `${code}\t${name}\nx\t<b>`), [CODE, NAME]);
  await world.place([[tag, {}]]);
  await world.sees(tag, NAME);
  assert.equal(await world.page.locator(`${tag} .past`).count(), 1);
  await press(world, "不再记录");
  await world.sees(tag, "查询历史已关闭");
  await world.place([[tag, { q: "海河津味" }]]);
  await world.sees(tag, "共1条结果");
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "登记信息");
  assert.equal(await kept(world), "off");
  await world.place([[tag, {}]]);
  await world.sees(tag, "查询历史已关闭");
  await press(world, "开启查询历史");
  await world.page.waitForFunction(() => localStorage.getItem("credit:query-history") === null);
});

test("query: without storage there is no history and no error", async (world) => {
  await world.page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }));
  await world.place([[tag, { q: "海河津味" }]]);
  await world.sees(tag, "共1条结果");
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "登记信息");
  await press(world, "返回查询结果");
  await world.page.locator(`${tag} input`).fill("");
  await world.sees(tag, "可输入名称的任意部分");
  assert.ok(!(await world.seen(tag)).includes("查询历史"));
});

test("query: the address says what is shown, beside what the page has there, and the back button goes back", async (world) => {
  await enter(world, "tab=2");
  await world.state(tag, "ready");
  const input = world.page.locator(`${tag} input`);
  await input.fill("海河津味");
  await world.sees(tag, "共1条结果");
  await hashIs(world, "#tab=2&credit-q=海河津味");
  const before = await world.page.evaluate(() => history.length);
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "登记信息");
  await hashIs(world, `#tab=2&credit-q=海河津味&credit=${CODE}`);
  assert.equal(await world.page.evaluate(() => history.length), before + 1);
  assert.deepEqual(await world.page.evaluate(() => history.state), { kept: 1 });
  await world.page.goBack();
  await world.sees(tag, "共1条结果");
  assert.ok(!(await world.seen(tag)).includes("登记信息"));
  assert.equal(await input.inputValue(), "海河津味");
  await world.page.goForward();
  await world.sees(tag, "登记信息");
  await press(world, "返回查询结果");
  await hashIs(world, "#tab=2&credit-q=海河津味");
});

test("query: an address opens what it says, before the attributes, and nothing that it cannot mean", async (world) => {
  await enter(world, `a=1&credit=${OTHER}`, { q: "海河" });
  await world.sees(tag, OTHER_NAME);
  await world.sees(tag, "登记信息");
  await world.page.evaluate(() => { location.hash = "a=1&credit-q=%E6%B5%B7%E6%B2%B3%E6%B4%A5%E5%91%B3"; });
  await world.sees(tag, "共1条结果");
  assert.equal(await world.page.locator(`${tag} input`).inputValue(), "海河津味");
  for (const bad of ["credit=x", "credit-q=%E6", "credit-q=%", `/route&credit=${CODE}`]) {
    await enter(world, bad, { q: "绿叶" });
    await world.sees(tag, OTHER_NAME);
    assert.equal(await world.attribute(tag, "state"), "ready", bad);
    assert.ok(!(await world.seen(tag)).includes("登记信息"), bad);
  }
  // The way of an application is not ours to change.
  await world.page.locator(`${tag} .result`).first().click();
  await world.sees(tag, "登记信息");
  assert.equal(await hash(world), `#/route&credit=${CODE}`);
});

test("query: the address is the page's own where it does not ask for it", async (world) => {
  await enter(world, `credit=${CODE}`, { link: "none" });
  await world.state(tag, "ready");
  assert.ok(!(await world.seen(tag)).includes("登记信息"));
  await world.page.locator(`${tag} input`).fill("绿叶");
  await world.sees(tag, OTHER_NAME);
  await world.page.locator(`${tag} .result`).first().click();
  await world.sees(tag, "登记信息");
  assert.equal(await hash(world), `#credit=${CODE}`);
  await world.place([[tag, { link: "path" }]]);
  await world.sees(tag, "link");
  await world.state(tag, "error");
});

test("query: a page that has taken the history for itself loses nothing", async (world) => {
  await world.page.addInitScript(() => {
    history.pushState = history.replaceState = () => { throw new Error("only the router may"); };
  });
  await world.place([[tag, { link: "hash", q: "海河津味" }]]);
  await world.sees(tag, "共1条结果");
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "登记信息");
  await hashIs(world, `#credit-q=海河津味&credit=${CODE}`);
});
