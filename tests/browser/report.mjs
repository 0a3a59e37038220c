// 信用报告: read, checked, printed, shared; and a card to print.
import assert from "node:assert/strict";
import { API, accessible, test } from "./harness.mjs";
import { CODE, NAME, OTHER, OTHER_NAME } from "./elements.mjs";
import { scanned } from "./verify.mjs";

const decode = (text) => JSON.parse(Buffer.from(text, "base64url"));
const REPORT = `${API}/s/${CODE}/report`;

test("report: chapters stand with counts, sources and rules, and nothing is rated", async (world) => {
  await world.page.goto(REPORT);
  await world.state("credit-report", "ready");
  assert.equal(await world.attribute("credit-report", "trust"), "verified");
  for (const words of ["公共信用信息报告", NAME, "报告编号", "概述", "行政许可", "查询期内无相关信息", "公示依据", "不评价、不评分"]) {
    await world.sees("credit-report", words);
  }
  const number = await world.page.locator("credit-report .count .number").first().textContent();
  assert.equal(await world.page.locator("credit-report .chapter").nth(2).locator(".entry").count(), Number(number));
  for (const [width, query] of [[1280, ""], [360, "?size=large"], [320, "?lang=en"]]) {
    await world.page.setViewportSize({ width, height: 900 });
    await world.page.goto(`${REPORT}${query}`);
    await world.state("credit-report", "ready");
    const wide = await world.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} px wide on ${width}`);
    // What sticks out of the report is cut off, and a code that is cut off is none.
    await world.page.locator("credit-report .qr path").waitFor({ state: "attached" });
    assert.deepEqual(await world.cutOff("credit-report"), []);
    await accessible(world.page, "html", null);
    await world.shot(`report-${width}`);
  }
});

test("report: its code and its number lead to what is signed of it", async (world) => {
  await world.page.goto(REPORT);
  await world.page.locator("credit-report .qr path").waitFor({ state: "attached" });
  const link = await scanned(world, world.page.locator("credit-report .qr"));
  assert.ok(link?.startsWith(`${API}/verify#`), link);
  const number = (await world.page.locator("credit-report .cover .value").first().textContent()).trim();
  const pass = await (await fetch(`${API}/v1/reports/${number}`)).text();
  assert.equal(decode(pass.split(".")[1]).rep, number);
  assert.equal((await fetch(`${API}/v1/reports/${number.replace(/.$/, (last) => (last === "7" ? "8" : "7"))}`)).status, 404);
  await world.page.goto(link);
  await world.page.locator('credit-verify[trust="verified"]').waitFor({ state: "attached" });
  await world.sees("credit-verify", number);
  // The report itself can be brought along as a file.
  const token = await (await fetch(`${API}/v1/subjects/${CODE}/report`)).text();
  await world.place([["credit-verify", {}]]);
  await world.page.locator("credit-verify input[type=file]").setInputFiles({ name: "r.jwt", mimeType: "text/plain", buffer: Buffer.from(token) });
  await world.page.locator('credit-verify[trust="verified"]').waitFor({ state: "attached" });
  await world.sees("credit-verify", decode(token.split(".")[1]).credentialSubject.number);
});

test("report: what was changed is not shown", async (world) => {
  await world.page.route("**/v1/subjects/*/report*", async (route) => {
    const response = await route.fetch();
    const [header, payload, signature] = (await response.text()).split(".");
    const changed = decode(payload);
    changed.credentialSubject.chapters[1].total = 9;
    await route.fulfill({ response, body: `${header}.${Buffer.from(JSON.stringify(changed)).toString("base64url")}.${signature}` });
  });
  await world.place([["credit-report", { code: CODE }]]);
  await world.state("credit-report", "ready");
  assert.equal(await world.attribute("credit-report", "trust"), "invalid");
  assert.ok(!(await world.seen("credit-report")).includes(NAME));
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "invalid");
});

test("report: what stays open is checked again, and stops being verified without a list", async (world) => {
  await world.page.clock.install();
  await world.page.goto(REPORT);
  await world.page.clock.runFor(2000);
  await world.state("credit-report", "ready");
  assert.equal(await world.attribute("credit-report", "trust"), "verified");
  let asked = 0;
  await world.page.route("**/v1/status/*", (route) => { asked += 1; return route.abort(); });
  await world.page.clock.runFor(3 * 60e3);
  assert.equal(asked, 0, "asked before the list is over");
  for (let turn = 0; turn < 100 && (await world.attribute("credit-report", "trust")) === "verified"; turn += 1) await world.page.clock.runFor(2e3);
  assert.equal(await world.attribute("credit-report", "trust"), "unverified");
  assert.ok(!(await world.seen("credit-report")).includes("已验证"));
}, { noisy: true });

test("report: shared for a purpose and a while", async (world) => {
  await world.page.goto(REPORT);
  await world.state("credit-report", "ready");
  await world.page.locator("credit-report select").first().selectOption("tender");
  await world.page.locator("credit-report select").nth(1).selectOption("15");
  await world.page.getByRole("button", { name: "生成分享链接" }).click();
  const link = world.page.locator("credit-report .url");
  await link.waitFor();
  await world.page.goto(await link.getAttribute("href"));
  await world.page.locator('credit-report[trust="verified"]').waitFor({ state: "attached" });
  await world.sees("credit-report", "招标投标");
  await world.sees("credit-report", NAME);
  assert.ok(!(await world.seen("credit-report")).includes("生成分享链接"));
  await world.shot("report-shared");
  await world.page.goto(`${API}/r/00000000000000000000000`);
  assert.ok((await world.page.textContent("main")).includes("没有查到"));
}, { noisy: true });

test("report: on paper it is A4, without what only a screen can do", async (world) => {
  await world.page.goto(REPORT);
  await world.page.locator("credit-report .qr path").waitFor({ state: "attached" });
  await world.page.emulateMedia({ media: "print" });
  for (const name of ["打印", "生成分享链接"]) assert.equal(await world.page.getByRole("button", { name, exact: true }).count(), 0);
  const pages = boxes(await world.page.pdf({ preferCSSPageSize: true }));
  assert.ok(pages.length > 1);
  for (const page of pages) assert.deepEqual(page, [595, 842]);
});

test("report: card and sticker have their own sheets, and cameras read them", async (world) => {
  await world.page.goto(`${API}/s/${CODE}/print`);
  const loaded = () => [...document.images].every((image) => image.complete && image.naturalWidth);
  await world.page.waitForFunction(loaded);
  // Printers have more dots than screens.
  const context = await world.context.browser().newContext({ deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.goto(`${API}/s/${CODE}/print`);
  await page.waitForFunction(loaded);
  for (const word of ["a6", "sticker"]) {
    const link = await scanned(world, page.locator(`.sheet-${word} img`));
    assert.ok(link?.startsWith(`${API}/verify#`), `${word}: ${link}`);
  }
  await context.close();
  await world.shot("print");
  await world.page.emulateMedia({ media: "print" });
  const pages = boxes(await world.page.pdf({ preferCSSPageSize: true, printBackground: true }));
  assert.deepEqual(pages, [[420, 298], [340, 454]]);
});

/** Width and height of the pages of a PDF, in points. */
function boxes(pdf) {
  const found = [...pdf.toString("latin1").matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  return found.map(([, width, height]) => [Math.round(width), Math.round(height)]);
}

test("report: what was proved of one is not shown for another", async (world) => {
  await world.place([["credit-report", { code: CODE }]]);
  await world.sees("credit-report", NAME);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route(`**/v1/subjects/${OTHER}/report*`, async (route) => { await held; await route.continue(); });
  await world.page.locator("credit-report").evaluate((element, code) => element.setAttribute("code", code), OTHER);
  await world.state("credit-report", "loading");
  const seen = await world.seen("credit-report");
  assert.ok(!seen.includes(NAME) && !seen.includes("已验证"), seen);
  assert.equal(await world.attribute("credit-report", "trust"), null);
  release();
  await world.sees("credit-report", OTHER_NAME);
  assert.equal(await world.attribute("credit-report", "trust"), "verified");
});
