// The parts: every page in every presentation, and what can be done with each.
import assert from "node:assert/strict";
import { DIST, accessible, test } from "./harness.mjs";

const PARTS = (await (await fetch(`${DIST}/parts/list.json`)).json());

async function open(world, part, presentation = {}) {
  await world.page.goto(`${DIST}/parts/${part}/?${new URLSearchParams(presentation)}`);
  await world.page.locator("#states[data-shown]").waitFor();
}

/** A state of the part, by its name. */
const state = (world, name) => world.page.getByRole("region", { name, exact: true });

for (const part of PARTS) {
  test(`parts: ${part} is accessible in every presentation and fits 320 px`, async (world) => {
    await world.page.setViewportSize({ width: 320, height: 640 });
    for (const presentation of [{}, { lang: "en" }, { theme: "dark" }, { theme: "contrast" }, { size: "large" }, { size: "large", lang: "en" }]) {
      await open(world, part, presentation);
      const states = world.page.locator("section.state");
      assert.ok(await states.count() > 0, "no state is shown");
      await accessible(world.page, "main");
      const wide = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${JSON.stringify(presentation)}: ${wide} px too wide`);
      if (presentation.size === "large") assert.deepEqual(await smallOrClose(world.page), []);
    }
  });
}

/** Text below 18 px, or whose lines are closer than 1.5. */
const smallOrClose = (page) => page.evaluate(() => {
  const root = document.getElementById("states").shadowRoot;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("svg, .unseen, option")) continue;
    const { fontSize, lineHeight } = getComputedStyle(node.parentElement);
    const [size, line] = [parseFloat(fontSize), parseFloat(lineHeight)];
    if (size < 18 || line / size < 1.49) found.push(`${node.data.trim()}: ${size} px, line ${line} px`);
  }
  return found;
});

test("parts: what comes and goes around a field leaves text and focus", async (world) => {
  await open(world, "field");
  const around = state(world, "周围内容变化");
  const input = around.getByRole("textbox");
  await input.click();
  await world.page.keyboard.type("已经输入的文字");
  const change = around.getByRole("button", { name: "变化" });
  for (let round = 0; round < 4; round += 1) {
    // By script, so that the focus stays where the visitor has it.
    await change.evaluate((button) => button.click());
    await around.getByText("出现在前面").waitFor({ state: round % 2 ? "detached" : "visible" });
    assert.equal(await input.inputValue(), "已经输入的文字");
    assert.ok(await input.evaluate((element) => element.getRootNode().activeElement === element), "the focus was lost");
  }
  await world.page.keyboard.type("，继续");
  assert.equal(await input.inputValue(), "已经输入的文字，继续");
});

test("parts: a field says what is wrong where a screen reader hears it", async (world) => {
  await open(world, "field");
  const input = state(world, "有误").getByRole("textbox", { name: "统一社会信用代码" });
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  const said = await input.evaluate((element) => element.getRootNode().getElementById(element.getAttribute("aria-describedby")).textContent);
  assert.equal(said.trim(), "有误：统一社会信用代码应为 18 位，现有 17 位");
});

test("parts: a date is typed as people write it, and what was understood is shown", async (world) => {
  await open(world, "date");
  const input = state(world, "空").getByRole("textbox");
  for (const [typed, understood] of [["20260105", "即 2026年1月5日，星期一"], ["2026.2.28", "即 2026年2月28日，星期六"], ["２０２６年１１月２７日", "即 2026年11月27日，星期五"]]) {
    await input.fill(typed);
    await state(world, "空").getByText(understood, { exact: true }).waitFor();
  }
  await input.fill("2026-2-29");
  await state(world, "空").getByText("日历上没有这一天").waitFor();
  assert.equal(await state(world, "空").locator("output").textContent(), "");
});

test("parts: an amount is typed as people write it", async (world) => {
  await open(world, "amount", { lang: "en" });
  const input = state(world, "Empty").getByRole("textbox");
  await input.fill("1,234.50元");
  await state(world, "Empty").getByText("That is CNY 1234.5").waitFor();
  await input.fill("1,5");
  await state(world, "Empty").getByText("an amount is digits").waitFor();
});

test("parts: choices are chosen by label and by keyboard", async (world) => {
  await open(world, "choice");
  const one = state(world, "单选");
  await one.getByText("住宿和餐饮业").click();
  assert.ok(await one.getByRole("radio", { name: "住宿和餐饮业" }).isChecked());
  await world.page.keyboard.press("ArrowUp");
  assert.ok(await one.getByRole("radio", { name: "批发和零售业" }).isChecked());
  const menu = state(world, "下拉").getByRole("combobox");
  await menu.selectOption("food");
  assert.equal(await menu.inputValue(), "food");
});

test("parts: tabs are one stop of the keyboard, with arrows between them", async (world) => {
  await open(world, "tabs");
  await world.page.getByRole("tab", { name: "基本信息" }).focus();
  for (const [key, chosen, content] of [["ArrowRight", "行政许可", "内容 2"], ["End", "信用承诺", "内容 4"], ["ArrowRight", "基本信息", "内容 1"], ["ArrowLeft", "信用承诺", "内容 4"], ["Home", "基本信息", "内容 1"]]) {
    await world.page.keyboard.press(key);
    await world.page.getByRole("tabpanel").getByText(content).waitFor();
    const tab = world.page.getByRole("tab", { name: chosen });
    assert.equal(await tab.getAttribute("aria-selected"), "true");
    assert.ok(await tab.evaluate((element) => element.getRootNode().activeElement === element));
  }
  await world.page.keyboard.press("Tab");
  assert.ok(await world.page.getByRole("tabpanel").evaluate((element) => element.getRootNode().activeElement === element));
});

test("parts: a dialog keeps the keyboard, Escape closes it, and the focus goes back", async (world) => {
  await open(world, "dialog");
  const opener = world.page.getByRole("button", { name: "撤回承诺" });
  await opener.focus();
  await world.page.keyboard.press("Enter");
  const dialog = world.page.getByRole("dialog", { name: "要撤回这份承诺书吗？" });
  await dialog.waitFor();
  await accessible(world.page, "main");
  await world.shot("part-dialog-open");
  for (let stop = 0; stop < 5; stop += 1) {
    await world.page.keyboard.press("Tab");
    const outside = await opener.evaluate((element) => element.getRootNode().activeElement === element);
    assert.ok(!outside, "the keyboard left the dialog");
  }
  await world.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await opener.evaluate((element) => element.getRootNode().activeElement === element));
  // And once more: it knows that it was closed.
  await world.page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "确认撤回" }).click();
  await dialog.waitFor({ state: "hidden" });
});

test("parts: an error summary leads to each field and leaves the address alone", async (world) => {
  await open(world, "error-summary");
  const before = world.page.url();
  await world.page.getByRole("button", { name: "提交" }).click();
  const summary = world.page.getByRole("alert").filter({ hasText: "有 2 处填写有误，请修改" });
  assert.ok(await summary.evaluate((element) => element.getRootNode().activeElement === element), "the summary has not the focus");
  await world.page.getByRole("link", { name: "决定日期：没有这一天" }).click();
  assert.equal(await world.page.evaluate(() => document.getElementById("states").shadowRoot.activeElement.id), "sum-day");
  assert.equal(world.page.url(), before);
});

test("parts: a table is sorted by its headings, on a phone too", async (world) => {
  await open(world, "table");
  const table = state(world, "可排序");
  const first = () => table.locator("tbody tr").first().textContent();
  for (const width of [1280, 360]) {
    await world.page.setViewportSize({ width, height: 800 });
    const ratio = table.getByRole("columnheader", { name: "抽查比例" });
    const ascending = await ratio.getAttribute("aria-sort") === "descending";
    await ratio.getByRole("button").click();
    await table.locator(`th[aria-sort=${ascending ? "ascending" : "descending"}]`).waitFor();
    assert.match(await first(), ascending ? /城市管理委员会/ : /住房和建设委员会/);
  }
});

test("parts: pages are turned, and the last has no next", async (world) => {
  await open(world, "pager");
  const pager = state(world, "很多页");
  await pager.getByRole("button", { name: "下一页" }).click();
  await pager.getByText("第 5 页，共 40 页").waitFor();
  await pager.getByRole("button", { name: "第 40 页" }).click();
  await pager.getByText("第 40 页，共 40 页").waitFor();
  await pager.getByRole("button", { name: "下一页" }).click({ force: true });
  assert.ok(await pager.getByText("第 40 页，共 40 页").isVisible());
  assert.ok(!(await state(world, "只有一页，不显示").getByRole("navigation").isVisible()));
});

test("parts: a chart is read aloud, and has all its numbers in a table", async (world) => {
  await open(world, "chart");
  const chart = state(world, "很多");
  const drawing = await chart.getByRole("img").getAttribute("aria-label");
  assert.ok(drawing.startsWith("纳税信用等级分布：租赁和商务服务业 1 30，"), drawing);
  await chart.getByText("查看数据表").click();
  assert.equal(await chart.locator("tbody tr").count(), 30);
  assert.equal(await chart.locator("g").count(), 12);
  // A bar is as long as its number says.
  const [widest, next] = await chart.locator("rect.bar").evaluateAll((bars) => bars.slice(0, 2).map((bar) => bar.getBoundingClientRect().width));
  assert.ok(Math.abs(next / widest - 29 / 30) < 0.01, `${next} of ${widest}`);
});

test("parts: printed, there is nothing to press and nothing is cut off", async (world) => {
  for (const part of ["table", "card", "chart"]) {
    await open(world, part);
    await world.page.emulateMedia({ media: "print" });
    assert.equal(await world.page.locator("button:visible").count(), part === "table" ? 3 : 0);
    await world.shot(`part-${part}-print`);
    await world.page.emulateMedia({ media: null });
  }
});

test("parts: forced colours leave every shape visible", async (world) => {
  for (const part of ["notice", "chart", "tabs", "button", "choice", "progress"]) {
    await open(world, part);
    await world.shot(`part-${part}-forced`);
    const states = world.page.locator("section.state");
    assert.ok(await states.count() > 0);
  }
  await open(world, "chart");
  const [bar, ground] = await state(world, "分布").locator("rect").evaluateAll((rects) => rects.slice(0, 2).map((rect) => getComputedStyle(rect).fill));
  assert.notEqual(bar, ground, "bars cannot be told from their ground");
}, { context: { forcedColors: "active" } });
