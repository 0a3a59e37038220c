// Lists, measures, agencies and the catalogue as visitors read them.
import assert from "node:assert/strict";
import { API, accessible, test } from "./harness.mjs";

const tag = "credit-list";
const lists = async () => (await (await fetch(`${API}/v1/lists`)).json()).items;
const button = (world, name) => world.page.getByRole("button", { name });

test("list: all lists with how many are on them, and one with its terms", async (world) => {
  const all = await lists();
  await world.place([[tag, {}]]);
  for (const group of ["守信激励", "严重失信主体名单和异常名录", "失信被执行人", "信用服务机构", "守信激励和失信惩戒措施", "公共信用信息目录"]) {
    await world.sees(tag, group);
  }
  const seen = await world.seen(tag);
  for (const { title, count } of all) assert.ok(seen.includes(`${title}${count}条`), `${title} ${count}`);
  await accessible(world.page, tag);
  const abnormal = all.find(({ id }) => id === "abnormal-operation");
  await button(world, abnormal.title).click();
  for (const said of [abnormal.about, abnormal.basis, abnormal.entry, abnormal.exit, "列入条件", "移出条件"]) await world.sees(tag, said);
  const focused = await world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.className);
  assert.equal(focused, "title");
  await accessible(world.page, tag);
  await button(world, "返回全部名单").click();
  await world.sees(tag, "名单与目录");
});

test("list: every entry says basis, entry, source and until when it is shown, and leads to its subject", async (world) => {
  const all = await lists();
  const { id } = all.filter(({ kind }) => kind === "lists").reduce((most, list) => (list.count > most.count ? list : most));
  const { items } = await (await fetch(`${API}/v1/lists/${id}`)).json();
  assert.ok(items.length > 0);
  await world.place([[tag, { list: id }]]);
  for (const item of items) {
    for (const { name, value } of item.fields) if (["reason", "basis", "decided", "holder-name"].includes(name)) await world.sees(tag, value);
    await world.sees(tag, item.source.unit);
    await world.sees(tag, item.rule.basis);
    if (item.until) await world.sees(tag, `公示至 ${item.until}`);
  }
  const code = items[0].fields.find(({ name }) => name === "holder-code").value;
  const link = world.page.locator(`${tag} .who a`).first();
  assert.equal(await link.getAttribute("href"), `${API}/s/${code}`);
  assert.equal(await link.getAttribute("rel"), "noopener");
  await link.evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
  await link.click();
  const [select] = await world.events("credit-select");
  assert.equal(select.detail.code, code);
});

test("list: a long one comes page by page", async (world) => {
  const all = await lists();
  const long = all.reduce((most, list) => (list.count > most.count ? list : most));
  assert.ok(long.count > 10, "no list of the demo is longer than a page");
  await world.place([[tag, { list: long.id }]]);
  await world.sees(tag, `${long.count}条`);
  const entries = world.page.locator(`${tag} .entry`);
  const first = await entries.count();
  await button(world, "显示更多").click();
  await world.page.waitForFunction(([tag, first]) =>
    document.querySelector(tag).shadowRoot.querySelectorAll(".entry").length > first, [tag, first]);
});

test("list: the catalogue with coverage and timeliness", async (world) => {
  const body = await (await fetch(`${API}/v1/catalogue`)).json();
  await world.place([[tag, { list: "catalogue" }]]);
  await world.sees(tag, "公共信用信息目录");
  for (const { title } of body.items) await world.sees(tag, title);
  const licences = body.items.flatMap(({ datasets }) => datasets).find(({ kind }) => kind === "licences");
  assert.ok(licences.records > 0);
  const { within, late, term } = licences.timeliness;
  await world.sees(tag, `${Math.floor((within * 100) / (within + late))}%`);
  await world.sees(tag, `${term}个工作日内归集的比例`);
  await world.sees(tag, licences.units[0].unit);
  await accessible(world.page, tag);
});

test("list: incentive and penalty measures", async (world) => {
  const { items } = await (await fetch(`${API}/v1/lists/penalty`)).json();
  await world.place([[tag, { list: "penalty" }]]);
  for (const item of items) await world.sees(tag, item.fields.find(({ name }) => name === "title").value);
});

test("list: one that there is not, an error and offline are said", async (world) => {
  await world.place([[tag, { list: "no-such-list" }]]);
  await world.sees(tag, "没有这个名单");
  assert.equal(await world.attribute(tag, "state"), "error");
  await button(world, "返回全部名单").click();
  await world.sees(tag, "守信激励");
  await world.context.setOffline(true);
  await button(world, (await lists())[0].title).first().click();
  await world.sees(tag, "没有网络连接");
  await world.context.setOffline(false);
  await button(world, "重试").click();
  await world.state(tag, "ready");
}, { noisy: true });
