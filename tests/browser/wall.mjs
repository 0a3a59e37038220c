// The wall of an area as visitors and passers-by see it.
import assert from "node:assert/strict";
import { API, accessible, test } from "./harness.mjs";

const tag = "credit-wall";
const AREA = "YQ-01";
const TITLE = "二号桥科技产业园";

const area = async (query = "") => (await fetch(`${API}/v1/areas/${AREA}?limit=24${query}`)).json();
const names = (world) => world.page.locator(`${tag} .tile-name`).allTextContents();
const menu = (world, name) => world.page.getByRole("combobox", { name });
const asked = (world) => world.requests.filter((url) => url.includes(`/v1/areas/${AREA}`));

test("wall: members with their facts, counts that are right, and a chart with its table", async (world) => {
  const { summary, members } = await area();
  assert.ok(summary.members > 24, "the area is too small to be turned over");
  await world.place([[tag, { area: AREA }]]);
  await world.sees(tag, TITLE);
  await world.sees(tag, `共${summary.members}个成员`);
  await world.sees(tag, "已作出公开承诺");
  assert.deepEqual(await names(world), members.items.map(({ name }) => name));
  const [first] = members.items;
  await world.sees(tag, first.source.unit);
  // The chart says its numbers, and the table has them all.
  await world.page.getByText("查看数据表").click();
  const industry = summary.industries[0];
  await world.page.getByRole("cell", { name: String(industry.count), exact: true }).first().waitFor();
  // What is not signed never says that it was verified.
  assert.ok(!(await world.seen(tag)).includes("已验证"));
  assert.equal(await world.attribute(tag, "trust"), null);
  await accessible(world.page, tag);
});

test("wall: pages are turned, and the keyboard goes to the heading", async (world) => {
  await world.place([[tag, { area: AREA }]]);
  await world.sees(tag, "第 1 页");
  const first = await names(world);
  await world.page.getByRole("button", { name: "下一页" }).click();
  await world.sees(tag, "第 2 页");
  await world.page.waitForFunction(([tag, first]) => {
    const tile = document.querySelector(tag).shadowRoot.querySelector(".tile-name");
    return tile && tile.textContent !== first;
  }, [tag, first[0]]);
  const second = await names(world);
  assert.ok(second.every((name) => !first.includes(name)), "somebody stands on two pages");
  const focused = await world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.className);
  assert.equal(focused, "title");
  await world.page.getByRole("button", { name: "上一页" }).click();
  await world.page.waitForFunction(([tag, first]) =>
    document.querySelector(tag).shadowRoot.querySelector(".tile-name")?.textContent === first, [tag, first[0]]);
  assert.deepEqual(await names(world), first);
});

test("wall: filters are those that there are, are told to the server, and can be cleared", async (world) => {
  const { summary } = await area();
  await world.place([[tag, { area: AREA }]]);
  await world.sees(tag, `共${summary.members}个成员`);
  const industry = summary.industries[0];
  await menu(world, "行业").selectOption(industry.code);
  await world.sees(tag, `符合条件的${industry.count}个`);
  const scheme = summary.schemes[0];
  const level = scheme.levels[0];
  await world.page.getByRole("button", { name: "清除筛选" }).click();
  await world.sees(tag, `共${summary.members}个成员`);
  assert.equal(await menu(world, "行业").inputValue(), "");
  await menu(world, "评价方案").selectOption(scheme.code);
  await menu(world, "评价等级").selectOption(level.code);
  await world.sees(tag, `符合条件的${level.count}个`);
  // Another scheme takes its levels along.
  await menu(world, "评价方案").selectOption("");
  await world.sees(tag, `共${summary.members}个成员`);
  await menu(world, "信用承诺").selectOption("yes");
  await world.sees(tag, `符合条件的${summary.pledged}个`);
  await world.page.getByRole("searchbox", { name: "名称" }).fill("没有这样的名字");
  await world.sees(tag, "没有符合条件的成员");
  const last = new URL(asked(world).at(-1));
  assert.equal(last.searchParams.get("pledged"), "yes");
  assert.equal(last.searchParams.get("q"), "没有这样的名字");
  assert.equal(last.searchParams.get("cursor"), null);
});

test("wall: a member's card is opened, checked, and closed again", async (world) => {
  const { members } = await area();
  await world.place([[tag, { area: AREA }]]);
  await world.page.getByRole("button", { name: "查看信用名片" }).first().click();
  const [select] = await world.events("credit-select");
  assert.equal(select.detail.code, members.items[0].code);
  await world.page.waitForFunction((tag) =>
    document.querySelector(tag).shadowRoot.querySelector("dialog[open] credit-card")?.getAttribute("trust") === "verified", tag);
  await world.sees(tag, "已验证");
  await world.page.keyboard.press("Escape");
  await world.page.waitForFunction((tag) => !document.querySelector(tag).shadowRoot.querySelector("dialog[open]"), tag);
  assert.equal(await world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.localName), "button");
});

test("wall: the chart is of trades, or of the levels of one scheme", async (world) => {
  const { summary } = await area();
  const scheme = summary.schemes[0];
  await world.place([[tag, { area: AREA }]]);
  await world.sees(tag, "分布图");
  await menu(world, "分布图").selectOption(scheme.code);
  const drawn = world.page.locator(`${tag} svg.bars`);
  await world.page.waitForFunction(([tag, label]) =>
    document.querySelector(tag).shadowRoot.querySelector("svg.bars").getAttribute("aria-label").startsWith(label), [tag, scheme.label]);
  const said = await drawn.getAttribute("aria-label");
  for (const { label, count } of scheme.levels) assert.ok(said.includes(`${label} ${count}`), said);
});

test("wall: no such area, an area without members, an error and offline are all said", async (world) => {
  await world.place([[tag, { area: "ZZ-99" }]]);
  await world.sees(tag, "没有这个区域");
  assert.equal(await world.attribute(tag, "state"), "error");
  await world.page.locator(tag).evaluate((wall, area) => wall.setAttribute("area", area), AREA);
  await world.sees(tag, TITLE);
  // What is shown stays while the server is away, and says so.
  await world.context.setOffline(true);
  await world.page.getByRole("button", { name: "下一页" }).click();
  await world.sees(tag, "没有网络连接");
  assert.equal(await world.attribute(tag, "state"), "stale");
  assert.ok((await names(world)).length > 0);
  await world.context.setOffline(false);
}, { noisy: true });

/** Lets a screen go on, and waits for what it asked for. */
async function turn(world) {
  const answered = world.page.waitForResponse((response) => response.url().includes("/v1/areas/"));
  await world.page.clock.runFor(10_100);
  await (await answered).finished();
}

test("wall: a screen goes on by itself, stops when it is told to, and starts over with what is so by then", async (world) => {
  await world.page.clock.install();
  const { summary, members } = await area();
  await world.place([[tag, { area: AREA, mode: "screen" }]]);
  await world.sees(tag, members.items[0].name);
  const pages = Math.ceil(summary.members / 8);
  await world.sees(tag, `1 / ${pages}`);
  await turn(world);
  await world.sees(tag, `2 / ${pages}`);
  assert.ok(!(await world.seen(tag)).includes(members.items[0].name));
  await world.page.getByRole("button", { name: "暂停轮播" }).click();
  const before = asked(world).length;
  await world.page.clock.runFor(60_000);
  assert.equal(asked(world).length, before, "a screen that was stopped goes on");
  await world.page.getByRole("button", { name: "继续轮播" }).click();
  await world.sees(tag, pages > 2 ? `3 / ${pages}` : `1 / ${pages}`);
  // After the last comes the first, asked for anew.
  for (let page = 3; page <= pages; page += 1) await turn(world);
  await world.sees(tag, `1 / ${pages}`);
  await world.sees(tag, members.items[0].name);
  assert.ok(asked(world).length > pages);
  await accessible(world.page, tag);
});

test("wall: a screen that is left alone for a day keeps nothing", async (world) => {
  await world.page.clock.install();
  await world.place([[tag, { area: AREA, mode: "screen" }]]);
  await world.sees(tag, TITLE);
  const devtools = await world.context.newCDPSession(world.page);
  await devtools.send("Performance.enable");
  const kept = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return { nodes: of("Nodes"), listeners: of("JSEventListeners") };
  };
  for (let done = 0; done < 30; done += 1) await turn(world);
  const before = await kept();
  for (let done = 0; done < 120; done += 1) await turn(world);
  const after = await kept();
  // A page more or less is on the way.
  assert.ok(after.nodes - before.nodes < 600, `${after.nodes - before.nodes} nodes stayed`);
  assert.ok(after.listeners - before.listeners < 40, `${after.listeners - before.listeners} listeners stayed`);
});
