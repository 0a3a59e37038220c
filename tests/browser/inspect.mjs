// The rules of inspection by grade, as a visitor reads them.
import assert from "node:assert/strict";
import { test } from "./harness.mjs";
import { CODE } from "./elements.mjs";

const tag = "credit-inspect";
const asked = (world) => world.requests.filter((url) => url.includes("/v1/inspections"));

/** Headings of what is shown: department and scheme. */
const shown = (world) => world.page.locator(`${tag} h3`).allTextContents();

test("inspect: a table for each department and scheme, with its chart and basis", async (world) => {
  await world.place([[tag, {}]]);
  await world.sees(tag, "每年不超过一次");
  const headings = await shown(world);
  assert.ok(headings.includes("示例区市场监督管理局：企业信用风险分类"));
  assert.ok(headings.includes("示例区应急管理局：公共信用综合评价"));
  assert.equal(new Set(headings).size, headings.length);
  const first = world.page.locator(`${tag} section.record`).filter({ hasText: "企业信用风险分类" }).first();
  const rows = await first.locator("div > .table-frame").first().locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.querySelector("span").firstChild.textContent.trim())));
  assert.deepEqual(rows[0], ["A", "1%–3%", "每年不超过一次", "2025-03-01", "示市监信〔2025〕5号"]);
  assert.equal(rows.length, 4);
  await first.locator("figure .bars").waitFor();
  assert.match(await first.locator("figure .bars").getAttribute("aria-label"), /D 30%–100% 100/);
  await world.sees(tag, "不抽取检查对象");
  await world.shot("inspect");
});

test("inspect: departments and schemes narrow it down, and nothing is said to be nothing", async (world) => {
  await world.place([[tag, {}]]);
  await world.sees(tag, "每年不超过一次");
  const all = (await shown(world)).length;
  await world.page.locator(`${tag} #scheme`).selectOption({ value: "public-credit" });
  assert.deepEqual(await shown(world), ["示例区城市管理委员会：公共信用综合评价", "示例区应急管理局：公共信用综合评价"]);
  await world.page.locator(`${tag} #unit`).selectOption({ label: "国家税务总局示例区税务局" });
  await world.sees(tag, "没有符合所选部门和评价方案的规定");
  assert.deepEqual(await shown(world), []);
  await world.page.locator(`${tag} #scheme`).selectOption({ value: "" });
  assert.deepEqual(await shown(world), ["国家税务总局示例区税务局：纳税缴费信用"]);
  await world.page.locator(`${tag} #unit`).selectOption({ value: "" });
  assert.equal((await shown(world)).length, all);
});

test("inspect: the grade of a subject is marked in words, in its own scheme only", async (world) => {
  await world.place([[tag, { code: CODE }]]);
  await world.sees(tag, "该主体的等级");
  await world.sees(tag, "纳税缴费信用 2025 A（国家税务总局示例区税务局，2026-04-15）");
  const marked = await world.page.locator(tag).evaluate((element) =>
    [...element.shadowRoot.querySelectorAll("tbody .flag:not([hidden])")].map((flag) =>
      [flag.closest("section").querySelector("h3").textContent, flag.closest("th").textContent]));
  const tax = marked.filter(([heading]) => heading.endsWith("纳税缴费信用"));
  assert.deepEqual(tax.map(([, cell]) => cell), ["A 该主体当前等级"]);
  assert.ok(marked.every(([heading]) => !heading.endsWith("建筑市场信用评价")));
  assert.deepEqual(await world.events("credit-select"), []);
});

test("inspect: attributes that nothing matches say what there is", async (world) => {
  await world.place([[tag, { unit: "没有这个部门" }]]);
  await world.sees(tag, "没有符合所选部门和评价方案的规定");
  await world.sees(tag, "示例区生态环境局：环境信用评价");
  await world.state(tag, "ready");
  await world.page.locator(tag).evaluate((element) => {
    element.setAttribute("unit", " 示例区　生态环境局");
    element.setAttribute("scheme", "环境信用评价");
  });
  await world.sees(tag, "50%–100%");
  assert.deepEqual(await shown(world), ["示例区生态环境局：环境信用评价"]);
  for (const menu of ["#unit", "#scheme"]) assert.ok(await world.page.locator(`${tag} ${menu}`).isHidden());
});

test("inspect: all pages are read, up to a limit that is said", async (world) => {
  let limit = "7";
  await world.page.route("**/v1/inspections*", (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set("limit", limit);
    return route.continue({ url: url.href });
  });
  await world.place([[tag, {}]]);
  await world.sees(tag, "示例区应急管理局：公共信用综合评价");
  const cursors = asked(world).map((url) => new URL(url).searchParams.get("cursor"));
  assert.ok(cursors.length > 2, `${cursors.length} pages`);
  assert.equal(new Set(cursors).size, cursors.length);
  assert.ok(!(await world.seen(tag)).includes("规定较多"));
  const ready = await world.events("credit-ready");
  assert.equal(ready.filter((event) => event.tag === tag).length, 1);
  limit = "1";
  await world.page.locator(tag).evaluate((element) => element.setAttribute("lang", "en"));
  await world.sees(tag, "There are more rules than are listed here");
  assert.equal(asked(world).length, cursors.length + 20);
});

test("inspect: loading, error, offline and an unknown subject are said", async (world) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route("**/v1/inspections*", async (route) => { await held; await route.abort(); });
  await world.place([[tag, {}]]);
  await world.sees(tag, "正在查询");
  await world.state(tag, "loading");
  release();
  await world.sees(tag, "无法连接");
  await world.state(tag, "error");
  await world.page.unroute("**/v1/inspections*");
  const again = world.page.getByRole("button", { name: "重试" });
  await world.context.setOffline(true);
  await again.click();
  await world.sees(tag, "没有网络连接");
  await world.context.setOffline(false);
  await again.click();
  await world.sees(tag, "每年不超过一次");
  await world.state(tag, "ready");
  await world.page.route("**/records*", (route) => route.fulfill({
    status: 404, contentType: "application/problem+json", body: '{"code":"not-found"}', headers: { "access-control-allow-origin": "*" },
  }));
  await world.page.locator(tag).evaluate((element, code) => element.setAttribute("code", code), CODE);
  await world.sees(tag, "没有查到这个主体");
  await world.sees(tag, "每年不超过一次");
}, { noisy: true });
