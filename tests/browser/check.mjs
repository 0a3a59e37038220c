// 数据质量检查: files of departments, checked in the page and nowhere else.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessible, test } from "./harness.mjs";

const TAG = "credit-check";
const CODE = "91120102MATEXT01X4";
const HEADER = "企业名称,统一社会信用代码,注册日期";
const REGISTRY = `${HEADER}\n示例市海河津味食品有限公司,${CODE},2020-01-02\n甲商店,9112,\n乙商店,91120102-matext01x4,2020/1/2\n丙商店,${CODE},昨天\n`;
const BOOK = readFileSync(new URL("../data/penalties.xlsx", import.meta.url));

/** Bytes of GBK: there is a decoder for it and no encoder. */
function gbk(text) {
  const decoder = new TextDecoder("gbk");
  const codes = new Map();
  for (let first = 0x81; first < 0xff; first += 1) {
    for (let second = 0x40; second < 0xff; second += 1) codes.set(decoder.decode(new Uint8Array([first, second])), [first, second]);
  }
  return Buffer.from([...text].flatMap((letter) => (letter < "\x80" ? [letter.charCodeAt(0)] : codes.get(letter))));
}

const utf16 = (text) => Buffer.from(`\ufeff${text}`, "utf16le");

async function choose(world, bytes, name = "feed.csv") {
  await world.page.locator(`${TAG} input[type=file]`).setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
}

/** The same for a large file, which would hold the page up on its way there. */
async function bring(world, text) {
  const path = join(mkdtempSync(join(tmpdir(), "credit-check-")), "feed.csv");
  writeFileSync(path, text);
  await world.page.locator(`${TAG} input[type=file]`).setInputFiles(path);
}

/** What the counts say: all, accepted, with warnings, rejected. */
async function counts(world) {
  await world.page.locator(`${TAG} .counts`).waitFor();
  return (await world.page.locator(`${TAG} .counts dd`).allTextContents()).map(Number);
}

async function open(world, attributes = {}) {
  await world.place([[TAG, attributes]]);
  await world.state(TAG, "ready");
  await world.sees(TAG, attributes.lang === "en" ? "Choose a file" : "把文件拖到这里");
}

/** Saves what a button gives, as bytes and name. */
async function saved(world, button) {
  const coming = world.page.waitForEvent("download");
  await world.page.getByRole("button", { name: button }).click();
  const download = await coming;
  return [readFileSync(await download.path()), download.suggestedFilename()];
}

/** Has the page a policy from here on. */
const under = (world, policy) => world.page.evaluate((policy) => {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy;
  document.head.append(meta);
}, policy);

test("check: a file is checked in every encoding, and nothing of it is sent", async (world) => {
  await open(world);
  await world.page.waitForLoadState("networkidle");
  const before = world.requests.length;
  for (const bytes of [REGISTRY, `\ufeff${REGISTRY}`, gbk(REGISTRY), utf16(REGISTRY), REGISTRY.replaceAll("\n", "\r\n"), REGISTRY.replaceAll(",", "\t")]) {
    await choose(world, bytes);
    await world.sees(TAG, "按“登记注册基本信息”检查：有 1 行不能入库");
    assert.deepEqual(await counts(world), [4, 3, 1, 1]);
    await world.sees(TAG, "代码位数不正确");
    await world.sees(TAG, "日期格式无法识别");
  }
  assert.equal(world.page.workers().length, 1, "it works in a worker");
  await saved(world, "下载问题清单");
  await world.page.getByRole("button", { name: "按此列排序" }).first().click();
  const sent = world.requests.slice(before).filter((url) => !url.startsWith("blob:"));
  assert.deepEqual(sent, [], "asked for something after it was there");
  assert.deepEqual(await world.events("credit-error"), []);
  await accessible(world.page, "main");
  await world.shot("check");
});

test("check: what is taken home is what the importer writes, and what is certain", async (world) => {
  await open(world);
  await choose(world, `${HEADER}\n甲商店,9112,=1+1\n乙商店,91120102-matext01x4,2020/1/2\n丁,911201O2MATEXT01X4,\n`, "甲.csv");
  await world.sees(TAG, "有 2 行不能入库");
  await world.sees(TAG, "改后校验码正确：1 处，请人工核对，不自动改写");
  const [rejects, name] = await saved(world, "下载问题清单");
  assert.equal(name, "甲.csv.rejects.csv");
  const lines = rejects.toString().split("\n");
  assert.equal(lines[0], `row,column,code,message,${HEADER}`);
  assert.match(lines[1], /^1,统一社会信用代码,length,.*,甲商店,9112,=1\+1$/);
  assert.match(lines[2], /^3,统一社会信用代码,alphabet,.*,丁,911201O2MATEXT01X4,$/);
  assert.equal(lines.length, 4);
  const [mended, other] = await saved(world, "下载更正后的文件");
  assert.equal(other, "甲.csv.corrected.csv");
  assert.equal(mended.toString(), `\ufeff${HEADER}\n甲商店,9112,=1+1\n乙商店,${CODE},2020-01-02\n丁,911201O2MATEXT01X4,\n`);
});

test("check: workbooks, columns of 2016, and another dataset that a visitor chooses", async (world) => {
  await open(world);
  await choose(world, BOOK, "penalties.xlsx");
  await world.sees(TAG, "按“行政处罚”检查");
  await world.sees(TAG, "个工作日内报送");
  await choose(world, "行政许可决定书文号,项目名称,审批类别,行政相对人名称,行政相对人代码_1(统一社会信用代码),许可决定日期,许可机关\n津许〔2024〕1号,许可,普通,甲公司," + `${CODE},2024/5/13,某局20240513\n`);
  await world.sees(TAG, "按“行政许可”检查");
  assert.deepEqual((await counts(world)).slice(0, 2), [1, 1]);
  await world.sees(TAG, "单位名称前后混入的数字");
  await world.page.locator(`${TAG} select[id=dataset]`).selectOption("penalties");
  await world.sees(TAG, "按“行政处罚”检查缺少列：");
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "columns-missing");
  await world.page.locator(`${TAG} select[id=dataset]`).selectOption("licences");
  assert.deepEqual((await counts(world)).slice(0, 2), [1, 1]);
});

test("check: what cannot be checked says why", async (world) => {
  await open(world);
  for (const [bytes, name, words, code] of [
    ["", "a.csv", "文件是空的", "empty"],
    ["a,b\n1,2\n", "a.csv", "无法判断数据集", "dataset-unknown"],
    ["行政相对人名称,处罚依据,违法事实\n1,2,3\n", "a.csv", "行政处罚", "dataset-unknown"],
    [`${HEADER},企业名称\n`, "a.csv", "“企业名称”重复", "column-twice"],
    [Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "a.png", "这不是数据表", "no-table"],
    [Buffer.from("d0cf11e0a1b11ae1", "hex"), "a.xls", "另存为 .xlsx 或 CSV", "old-workbook"],
    [BOOK.subarray(0, 1500), "a.xlsx", "工作簿已损坏", "workbook"],
    [HEADER, "a.csv", "只有表头", undefined],
  ]) {
    await world.page.evaluate(() => { window.events = []; });
    await choose(world, bytes, name);
    await world.sees(TAG, words);
    const [error] = await world.events("credit-error");
    assert.equal(error?.detail.code, code);
    assert.equal(await world.attribute(TAG, "state"), "ready");
  }
});

test("check: a file that is too large is refused before it is read", async (world) => {
  await open(world);
  await drop(world, () => {
    const mebi = new Blob(["a".repeat(1 << 20)]);
    return new File(Array(1025).fill(mebi), "large.csv");
  });
  await world.sees(TAG, "文件有 1025 MB，最多可以检查 1024 MB");
});

/** Drops a file that is made in the page. */
const drop = (world, make) => world.page.locator(TAG).evaluate((element, make) => {
  const data = new DataTransfer();
  data.items.add((0, eval)(`(${make})`)());
  const place = element.shadowRoot.querySelector(".drop");
  for (const type of ["dragover", "drop"]) {
    const event = new DragEvent(type, { dataTransfer: data, bubbles: true, composed: true, cancelable: true });
    place.dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error(`${type} is the browser's`);
  }
}, String(make));

test("check: a file may be dropped, also under the name of a dataset and in English", async (world) => {
  await open(world, { dataset: "registry", lang: "en" });
  await drop(world, () => new File(["名称,信用代码\n,9112\n"], "a.csv"));
  await world.sees(TAG, "Checked as Registry: 1 rows would be rejected");
  await world.sees(TAG, "The name is empty");
  await world.page.locator(TAG).evaluate((element) => element.setAttribute("lang", "zh-CN"));
  await world.sees(TAG, "名称为空");
});

/** Rows, every third of them wrong. */
const many = (count) => {
  const rows = [HEADER];
  for (let row = 0; row < count; row += 1) rows.push(row % 3 ? `甲商店${row},${CODE},2020-01-02` : `,9112${row},昨天`);
  return rows.join("\n");
};

/** Watches what holds the page up, and how far the bar says it is. */
const watch = (world) => world.page.evaluate(() => {
  window.tasks = [];
  window.steps = new Set();
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.tasks.push(duration))).observe({ type: "longtask" });
  const look = () => {
    const bar = document.querySelector("credit-check").shadowRoot.querySelector("progress");
    if (bar) window.steps.add(bar.value);
    requestAnimationFrame(look);
  };
  look();
});

for (const [where, policy] of [["in a worker", undefined], ["in slices, where the page allows no worker", "worker-src 'none'"]]) {
  test(`check: a hundred thousand rows ${where}, and the page goes on`, async (world) => {
    await open(world);
    if (policy) await under(world, policy);
    await watch(world);
    const began = Date.now();
    await bring(world, many(100_000));
    assert.deepEqual(await counts(world), [100_000, 66_666, 0, 33_334]);
    console.error(`     ${Date.now() - began} ms for 100 000 rows ${where}`);
    assert.equal(world.page.workers().length, policy ? 0 : 1);
    const [tasks, steps] = await world.page.evaluate(() => [window.tasks, window.steps.size]);
    // A slice is 25 ms; a hundred more are what a busy machine adds.
    assert.ok(Math.max(0, ...tasks) < 150, `held up for ${Math.max(...tasks)} ms`);
    assert.ok(steps > 3, `${steps} steps were seen`);
    // Pages, orders and filters of what was found.
    const first = () => world.page.locator(`${TAG} .rows tbody th`).first().textContent();
    assert.equal(await first(), "1");
    assert.equal(await world.page.locator(`${TAG} .rows tbody tr`).count(), 50);
    await world.page.getByRole("button", { name: "下一页" }).click();
    await world.sees(TAG, "第 2 页");
    const focused = await world.page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent);
    assert.equal(focused, "下一页");
    await world.page.locator(`${TAG} [data-tells="by-row"]`).click();
    await world.page.waitForFunction(() => document.querySelector("credit-check").shadowRoot.querySelector(".rows tbody th").textContent === "100000");
    await world.page.locator(`${TAG} select[id=code]`).selectOption("length");
    await world.sees(TAG, "第 1 页，共 667 页");
    await world.page.setViewportSize({ width: 320, height: 800 });
    const wide = await world.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${wide} px wide`);
    await world.shot(`check-320-${policy ? "slices" : "worker"}`);
  }, { noisy: Boolean(policy) });
}

for (const [where, policy] of [["in a worker", undefined], ["in slices", "worker-src 'none'"]]) {
  test(`check: a check can be cancelled, and another one begun, ${where}`, async (world) => {
    await open(world);
    if (policy) await under(world, policy);
    await bring(world, many(400_000));
    await world.page.getByRole("button", { name: "取消" }).click();
    await world.sees(TAG, "检查已取消");
    await choose(world, REGISTRY);
    assert.deepEqual(await counts(world), [4, 3, 1, 1]);
    await world.page.locator(TAG).evaluate((element) => element.remove());
    for (let turn = 0; turn < 50 && world.page.workers().length > 0; turn += 1) await world.page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(world.page.workers().length, 0, "a worker was left");
  }, { noisy: Boolean(policy) });
}

test("check: under Trusted Types of nobody it works in slices", async (world) => {
  await open(world);
  await under(world, "require-trusted-types-for 'script'; trusted-types 'none'");
  await choose(world, REGISTRY);
  assert.deepEqual(await counts(world), [4, 3, 1, 1]);
}, { noisy: true });

test("check: after a file that cannot be checked the next one is", async (world) => {
  await open(world);
  await drop(world, () => new File(["a"], "a.csv"));
  await world.sees(TAG, "无法判断数据集");
  await choose(world, REGISTRY);
  assert.deepEqual(await counts(world), [4, 3, 1, 1]);
});
