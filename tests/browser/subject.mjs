// A subject's page in the query window: what is public of it, and what can be done.
import assert from "node:assert/strict";
import { API, accessible, test } from "./harness.mjs";
import { CODE, NAME, OTHER, OTHER_NAME } from "./elements.mjs";

const tag = "credit-query";
/** Subjects of the demo data that have a bit of everything, and that are closed. */
const FULL = "91120102MATEXT0284";
const CLOSED = "91120102MATEXT036Y";

const records = (world) => world.requests.filter((url) => url.includes("/records?"));
const words = (url, name) => new URL(url).searchParams.get(name);
const press = (world, name) => world.page.getByRole("button", { name }).first().click();
const tab = (world, name) => world.page.getByRole("tab", { name }).click();
const focused = (world) => world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.className);
const goesTo = (world, name) => world.page.waitForFunction(
  ([tag, name]) => document.querySelector(tag).shadowRoot.activeElement?.classList.contains(name), [tag, name]);

async function opened(world, code, attributes = {}) {
  await world.place([[tag, { code, ...attributes }]]);
  await world.sees(tag, attributes.lang === "en" ? "Registration" : "登记信息");
}

test("subject: each kind is fetched when its tab is opened, once, with source, basis, day and end", async (world) => {
  await opened(world, FULL);
  await world.sees(tag, "户外广告设施设置行政许可决定书");
  const kinds = () => records(world).map((url) => words(url, "kind"));
  assert.deepEqual(kinds(), ["licences"]);
  await world.sees(tag, "来源：示例区城市管理委员会（演示数据） · 数据截至 2026-11-01 · 公示依据：行政许可法第四十条");
  await tab(world, "行政处罚");
  await world.sees(tag, "示市监处罚〔2026〕101号");
  await world.sees(tag, "异议处理中");
  await world.sees(tag, "公示至 2027-08-19");
  assert.ok(!(await world.seen(tag)).includes("户外广告设施设置行政许可决定书"));
  await tab(world, "名单");
  await world.sees(tag, "严重失信主体名单和异常名录查询期内无相关信息");
  await world.sees(tag, "失信被执行人查询期内无相关信息");
  await tab(world, "信用承诺");
  await world.sees(tag, "申请行政处罚信息信用修复");
  await world.sees(tag, "全部未履行");
  await tab(world, "信用评价");
  await world.sees(tag, "海关企业信用");
  await tab(world, "守信荣誉");
  await world.sees(tag, "查询期内无相关信息");
  await tab(world, "行政许可");
  await world.sees(tag, "户外广告设施设置行政许可决定书");
  assert.deepEqual(kinds(), ["licences", "penalties", "lists", "judgments", "commitments", "fulfilments", "grades", "honours"]);
  // Counts where they are known, and nothing for machines among the fields.
  assert.deepEqual(await world.page.getByRole("tab").allTextContents(), ["行政许可1", "行政处罚3", "名单0", "信用承诺2", "信用评价3", "守信荣誉0"]);
  for (const label of ["许可机关代码", "统一社会信用代码（", "数据来源单位"]) assert.ok(!(await world.seen(tag)).includes(label), label);
  await opened(world, CLOSED);
  await tab(world, "名单");
  await world.sees(tag, "通过登记的住所无法联系");
  await world.sees(tag, "（2025）示0102执1207号");
});

test("subject: three hundred licences come page by page, and the keyboard goes to the first new one", async (world) => {
  const { items } = await (await fetch(`${API}/v1/search?q=${encodeURIComponent("建筑工程")}&limit=50`)).json();
  const many = async ({ code }) => {
    const { next } = await (await fetch(`${API}/v1/subjects/${code}/records?kind=licences&limit=50&cursor=200`)).json();
    return next !== null;
  };
  let long;
  for (const item of items) if (!long && await many(item)) long = item.code;
  assert.ok(long, "nobody has three hundred licences");
  await opened(world, long);
  const entries = world.page.locator(`${tag} .entry`);
  await world.page.waitForFunction((tag) => document.querySelector(tag).shadowRoot.querySelectorAll(".entry").length === 20, tag);
  assert.deepEqual((await world.page.getByRole("tab").allTextContents())[0], "行政许可", "a count that nobody knows yet");
  let pages = 1;
  for (; await world.page.getByRole("button", { name: "显示更多" }).count(); pages += 1) {
    const before = await entries.count();
    await press(world, "显示更多");
    await world.page.waitForFunction(([tag, before]) => document.querySelector(tag).shadowRoot.querySelectorAll(".entry").length > before, [tag, before]);
    await goesTo(world, "entry");
    const at = await world.page.locator(tag).evaluate((element) => [...element.shadowRoot.querySelectorAll(".entry")].indexOf(element.shadowRoot.activeElement));
    assert.equal(at, before);
  }
  const all = await entries.count();
  assert.ok(all > 280 && all <= 300 && pages === Math.ceil(all / 20), `${all} on ${pages} pages`);
  assert.equal((await world.page.getByRole("tab").allTextContents())[0], `行政许可${all}`);
});

test("subject: a tab that fails says so, and is tried again; offline, too", async (world) => {
  await opened(world, CODE);
  await world.sees(tag, "食品生产许可决定书");
  await world.page.route("**/records?kind=grades*", (route) => route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"code":"internal"}', headers: { "access-control-allow-origin": "*" } }));
  await tab(world, "信用评价");
  await world.sees(tag, "暂时无法回答");
  await world.page.unroute("**/records?kind=grades*");
  await press(world, "重试");
  await world.sees(tag, "企业信用风险分类");
  assert.equal(await world.attribute(tag, "state"), "ready");
  await world.context.setOffline(true);
  await tab(world, "守信荣誉");
  await world.sees(tag, "没有网络连接");
  await world.context.setOffline(false);
  await press(world, "重试");
  await world.sees(tag, "津门老字号");
}, { noisy: true });

test("subject: one that there is none of is said, and the way back is there", async (world) => {
  await world.place([[tag, { code: "91120102MA000000X0" }]]);
  await world.state(tag, "error");
  await press(world, "返回查询结果");
  await world.state(tag, "ready");
  assert.equal(await focused(world), "input");
}, { noisy: true });

test("subject: what pages can style of it is listed", async (world) => {
  const { modules } = await (await fetch(`${API}/embed/v1/custom-elements.json`)).json();
  const declared = modules[0].declarations.find(({ tagName }) => tagName === tag);
  const listed = declared.cssParts.map(({ name }) => name);
  const others = () => world.page.locator(tag).evaluate((element, listed) => [...element.shadowRoot.querySelectorAll("[part]")]
    .flatMap((part) => [...part.part]).filter((part) => !listed.includes(part)), listed);
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  assert.deepEqual(await others(), []);
  await opened(world, CODE);
  await world.sees(tag, "食品生产许可决定书");
  assert.deepEqual(await others(), []);
  await press(world, "加入对比");
  await press(world, "返回查询结果");
  await world.sees(tag, "查询历史");
  await world.page.locator(`${tag} input`).fill("绿叶蔬菜");
  await world.page.locator(`${tag} .result`).first().click();
  await press(world, "与“");
  await world.sees(tag, "主体对比");
  assert.deepEqual(await others(), []);
});

test("subject: headings come in order, and the keyboard alone does everything", async (world) => {
  await world.place([[tag, { q: "海河津味" }]]);
  await world.sees(tag, "共1条结果");
  await world.page.locator(`${tag} input`).focus();
  await world.page.keyboard.press("ArrowDown");
  await world.page.keyboard.press("Enter");
  await goesTo(world, "title");
  await world.sees(tag, "食品生产许可决定书");
  const levels = await world.page.locator(tag).evaluate((element) => [...element.shadowRoot.querySelectorAll("h2, h3, h4")].map((heading) => heading.localName));
  assert.deepEqual(levels, ["h2", "h3", "h3", "h4"]);
  await world.page.getByRole("tab", { name: "行政许可" }).focus();
  await world.page.keyboard.press("ArrowRight");
  await world.page.keyboard.press("End");
  await world.sees(tag, "津门老字号");
  await goesTo(world, "tab");
  await world.page.keyboard.press("Tab");
  await goesTo(world, "tab-panel");
  await accessible(world.page, "main");
});

test("subject: two are put side by side, and nothing is scored", async (world) => {
  await world.place([[tag, { q: "海河津味" }]]);
  await world.sees(tag, "共1条结果");
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "登记信息");
  await press(world, "加入对比");
  await world.sees(tag, "已加入对比。请返回查询结果");
  await press(world, "返回查询结果");
  await world.page.locator(`${tag} input`).fill("绿叶蔬菜");
  await world.sees(tag, OTHER_NAME);
  await world.page.locator(`${tag} .result`).first().click();
  await press(world, `与“${NAME}”对比`);
  await goesTo(world, "title");
  await world.sees(tag, "主体对比");
  await world.sees(tag, "不作评分和排名");
  await world.sees(tag, "一致");
  const row = async (label) => world.page.getByRole("row", { name: label }).first().getByRole("cell").allTextContents();
  assert.deepEqual(await row("登记状态"), ["存续", "存续", "一致"]);
  assert.deepEqual(await row("类别"), ["企业", "农民专业合作社", "不同"]);
  await world.page.getByRole("row", { name: "行政许可（条） 4" }).waitFor();
  await world.page.getByRole("row", { name: "纳税缴费信用 · 国家税务总局示例区税务局" }).waitFor();
  assert.deepEqual(await row("行政许可"), ["4", "1", "不同"]);
  assert.deepEqual(await row("行政处罚"), ["0", "1", "不同"]);
  assert.deepEqual(await row("纳税缴费信用"), ["A · 2025", "无", "不同"]);
  await accessible(world.page, "main");
  await world.shot("compare");
  await press(world, "返回主体页");
  await world.sees(tag, "登记信息");
  await goesTo(world, "title");
  await press(world, "取消对比");
  await world.page.getByRole("button", { name: "加入对比" }).waitFor();
});

test("subject: a comparison that cannot be counted says so", async (world) => {
  await opened(world, CODE);
  await press(world, "加入对比");
  await world.page.locator(tag).evaluate((element) => element.shadowRoot.querySelector("button").click());
  await world.page.locator(`${tag} input`).fill("旧时光音像");
  await world.sees(tag, "共1条结果");
  await world.page.locator(`${tag} .result`).click();
  await world.sees(tag, "出版物经营许可决定书");
  await world.page.route(`**/subjects/${CLOSED}/records*`, (route) => route.abort());
  await press(world, `与“${NAME}”对比`);
  await world.sees(tag, "无法连接信用信息服务");
  await world.page.unroute(`**/subjects/${CLOSED}/records*`);
  await press(world, "重试");
  await world.page.getByRole("row", { name: "失信被执行人（条） 0 1 不同" }).waitFor();
}, { noisy: true });

const clipboard = (text) => `Object.defineProperty(navigator, "clipboard", { value: { writeText: ${text} } }); delete Navigator.prototype.share;`;

test("subject: the link of the server's page is shared by the device, the clipboard or by hand", async (world) => {
  const url = `${API}/s/${CODE}`;
  await world.page.addInitScript({ content: clipboard("async (text) => { window.copied = text; }") });
  await opened(world, CODE);
  await press(world, "分享");
  await world.sees(tag, "链接已复制");
  assert.equal(await world.page.evaluate(() => window.copied), url);
  await world.page.evaluate(() => { navigator.share = async (told) => { window.shared = told; }; });
  await press(world, "分享");
  await world.page.waitForFunction(() => window.shared);
  assert.deepEqual(await world.page.evaluate(() => window.shared), { title: NAME, url });
  await world.page.evaluate(() => { navigator.share = async () => { throw new DOMException("", "AbortError"); }; });
  await press(world, "分享");
  await world.page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  assert.ok(!(await world.seen(tag)).includes("手动复制"), "who thought better of it is asked again");
  await world.page.evaluate(() => {
    navigator.share = async () => { throw new DOMException("", "NotAllowedError"); };
    navigator.clipboard.writeText = async () => { throw new DOMException("", "NotAllowedError"); };
  });
  await press(world, "分享");
  await world.sees(tag, "请手动复制以下链接");
  const field = await world.page.waitForFunction((tag) => {
    const field = document.querySelector(tag).shadowRoot.activeElement;
    return field.localName === "input" && [field.value, field.readOnly, field.selectionEnd - field.selectionStart];
  }, tag);
  assert.deepEqual(await field.jsonValue(), [url, true, url.length]);
});

test("subject: report and official site are links that give nothing away", async (world) => {
  await opened(world, CODE);
  const link = (name) => world.page.getByRole("link", { name }).evaluate((link) => [link.href, link.target, link.rel]);
  assert.deepEqual(await link("打印信用报告（新窗口）"), [`${API}/s/${CODE}/report`, "_blank", "noopener"]);
  const official = `https://www.creditchina.gov.cn/xinyongxinxixiangqing/xyDetail.html?searchState=1&entityType=1&keyword=${encodeURIComponent(NAME)}&uuid=&tyshxydm=${CODE}`;
  assert.deepEqual(await link("信用中国（另一网站，新窗口）"), [official, "_blank", "noopener noreferrer"]);
  const report = await fetch(`${API}/s/${CODE}/report`);
  assert.equal(report.status, 200);
});

test("subject: on paper the entries are there with their heading, and nothing to be pressed", async (world) => {
  await opened(world, CODE);
  await world.sees(tag, "食品生产许可决定书");
  await world.page.emulateMedia({ media: "print" });
  const seen = await world.seen(tag);
  for (const text of [NAME, "登记信息", "食品生产许可决定书", "公示依据"]) assert.ok(seen.includes(text), text);
  for (const text of ["返回查询结果", "加入对比", "分享", "守信荣誉1"]) assert.ok(!seen.includes(text), text);
  assert.ok(await world.page.locator(`${tag} h4`).isVisible());
});

test("subject: in English", async (world) => {
  await opened(world, OTHER, { lang: "en" });
  await world.sees(tag, "What is public");
  await world.sees(tag, "Title of the decision");
  await world.page.getByRole("tab", { name: "Penalties" }).click();
  await world.sees(tag, "Authority");
  await world.page.getByRole("tab", { name: "Lists" }).click();
  await world.sees(tag, "Nothing within the period of the query");
  await world.page.getByRole("button", { name: "Compare" }).click();
  await world.sees(tag, "Kept for comparison");
  const href = await world.page.getByRole("link", { name: "Print the credit report" }).getAttribute("href");
  assert.equal(href, `${API}/s/${OTHER}/report?lang=en`);
  await world.page.getByRole("link", { name: "Credit China (another website, new window)" }).waitFor();
  await world.page.locator(tag).evaluate((element) => element.setAttribute("lang", "zh-CN"));
  await world.sees(tag, "公示信息");
  await world.sees(tag, "行政许可决定文书名称");
});

for (const attributes of [{}, { size: "large" }]) {
  test(`subject: everything fits at 360 px${attributes.size ? ", large" : ""}`, async (world) => {
    const fits = async (what) => {
      const wide = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${what} is ${wide} px too wide`);
      assert.deepEqual(await world.cutOff(tag), [], what);
    };
    await opened(world, FULL, attributes);
    for (const name of ["行政处罚", "信用承诺", "信用评价"]) {
      await tab(world, name);
      await world.page.locator(`${tag} .entry`).first().waitFor();
      await fits(name);
    }
    await press(world, "加入对比");
    await press(world, "返回查询结果");
    await world.page.locator(`${tag} summary`).click();
    await world.page.locator(`${tag} input`).fill("旧时光音像");
    await world.sees(tag, "共1条结果");
    await fits("filters");
    await world.page.locator(`${tag} .result`).click();
    await press(world, "与“");
    await world.sees(tag, "不作评分和排名");
    await fits("compare");
    await world.shot(`compare-phone${attributes.size ?? ""}`);
  }, { context: { viewport: { width: 360, height: 740 } } });
}
