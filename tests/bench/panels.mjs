// How soon a fresh page takes the first key: the query window beside a form of one
// field by SurveyJS. Prints a line a number; medians.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";

const { CREDIT_API: API, CREDIT_SITE: SITE, CREDIT_PAGES: PAGES, CREDIT_MODULES: MODULES, CREDIT_CHROMIUM } = process.env;
const { chromium } = createRequire(`${MODULES}/x.js`)("playwright-core");
const ROUNDS = 9;

// A visitor who types as soon as there is something to type into. The key counts from
// the moment when it was typed, once the page has shown that it was taken: the form
// has its value, the window asks for it.
const page = (head, body, find) => `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>-</title>
<script>
const find = ${find};
let typed = 0;
addEventListener("taken", () => typed && told(String(typed)));
function type() {
  const input = find();
  if (!input || input.disabled || input.readOnly) return void setTimeout(type, 1);
  input.focus();
  typed = performance.now();
  document.execCommand("insertText", false, "海");
  setTimeout(() => { if (input.value !== "海") type(); }, 1);
}
setTimeout(type);
new PerformanceObserver((list) => { for (const { name } of list.getEntries()) if (name.includes("/v1/search")) dispatchEvent(new Event("taken")); }).observe({ type: "resource" });
</script>${head}<body>${body}`;
writeFileSync(`${PAGES}/ours.html`, page(
  `<script type="module" src="${API}/embed/v1/credit.js"></script>`, "<credit-query></credit-query>",
  `() => document.querySelector("credit-query")?.shadowRoot?.querySelector("#q")`));
writeFileSync(`${PAGES}/peer.html`, page(
  `<link rel="stylesheet" href="peer.css"><script type="module" src="peer.js"></script>`, `<div id="form"></div>`,
  `() => document.querySelector("#form input")`));

const browser = await chromium.launch({
  executablePath: CREDIT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** One visit with nothing cached: milliseconds from its beginning to the key, and
 * what was fetched by then, compressed. */
async function visit(file, slow) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (response) => {
    if (/\.(js|css|wasm)$/.test(new URL(response.url()).pathname)) bodies.push(response.body().catch(() => Buffer.alloc(0)));
  });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
  await session.send("Runtime.enable");
  await session.send("Runtime.addBinding", { name: "told" });
  const told = new Promise((resolve, reject) => {
    session.once("Runtime.bindingCalled", ({ payload }) => resolve(Number(payload)));
    setTimeout(() => reject(new Error(`${file} took no key in a minute`)), 60000).unref();
  });
  const [, time] = await Promise.all([page.goto(`${SITE}/${file}`), told]);
  const size = (await Promise.all(bodies)).map((body) =>
    brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
  await context.close();
  return { time, size: size.reduce((sum, one) => sum + one, 0) };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
for (const slow of [1, 4]) {
  const [ours, peer] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await visit("ours.html", slow));
    peer.push(await visit("peer.html", slow));
  }
  const [a, b] = [ours, peer].map((visits) => median(visits.map(({ time }) => time)));
  console.log(`first key, CPU 1/${slow}: query window ${a.toFixed(0)} ms, SurveyJS ${b.toFixed(0)} ms, ${(a / b).toFixed(2)} x (budget 0.5)`);
  if (slow === 1) {
    const [c, d] = [ours, peer].map((visits) => (visits[0].size / 1024).toFixed(0));
    console.log(`fetched until then, brotli: query window ${c} KB, SurveyJS ${d} KB`);
  }
}
await browser.close();
