// The first badge on a fresh page beside a hand-written one that checks nothing,
// and a thousand badges on one page. Prints a line a number; medians.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { CREDIT_API: API, CREDIT_SITE: SITE, CREDIT_PAGES: PAGES, CREDIT_MODULES: MODULES } = process.env;
const { chromium } = createRequire(`${MODULES}/x.js`)("playwright-core");
const CODE = "91120102MATEXT01X4";
const ROUNDS = 9;
const MANY = 1000;

const page = (head, body) => `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>-</title>
<script>window.done = [];
const ready = (trust) => done.push([performance.now(), trust]) === window.wanted && told("");
addEventListener("credit-ready", (e) => ready(e.target.getAttribute("trust")));
addEventListener("peer-ready", () => ready("verified"));
window.long = [];
new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask", buffered: true });
</script>${head}<body>${body}`;
const loader = `<script type="module" src="${API}/embed/v1/credit.js"></script>`;

let codes = [CODE];
for (let next = ""; codes.length < MANY; ) {
  const answer = await (await fetch(`${API}/v1/search?q=${encodeURIComponent("公司")}&limit=50${next && `&cursor=${next}`}`)).json();
  codes.push(...answer.items.map((item) => item.code));
  next = encodeURIComponent(answer.next ?? "");
  if (!answer.next) break;
}
codes = [...new Set(codes)].slice(0, MANY);
if (codes.length < MANY) throw new Error(`only ${codes.length} subjects`);
writeFileSync(`${PAGES}/ours.html`, page(loader, `<credit-badge code="${CODE}"></credit-badge>`));
writeFileSync(`${PAGES}/peer.html`, page(`<script type="module" src="peer.js"></script>`, `<peer-badge code="${CODE}" api="${API}"></peer-badge>`));
writeFileSync(`${PAGES}/many.html`, page(loader, codes.map((code) => `<credit-badge code="${code}"></credit-badge>`).join("\n")));

const browser = await chromium.launch({
  executablePath: process.env.CREDIT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** One visit with nothing cached. */
async function visit(file, wanted, slow, height = 900) {
  const context = await browser.newContext({ viewport: { width: 1280, height } });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url())));
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
  // The page tells when it is done: whoever asks it again and again has it work
  // on that, just while it starts.
  await session.send("Runtime.enable");
  await session.send("Runtime.addBinding", { name: "told" });
  await page.addInitScript(`window.wanted = ${wanted}`);
  const told = new Promise((resolve, reject) => {
    session.once("Runtime.bindingCalled", resolve);
    setTimeout(() => reject(new Error(`${file} was not done in a minute`)), 60000).unref();
  });
  await Promise.all([page.goto(`${SITE}/${file}`), told]);
  const { done, long, events } = await page.evaluate(() => ({
    done: window.done,
    long: window.long,
    events: [
      ...performance.getEntriesByType("resource").map((e) => `${e.startTime.toFixed(0)}-${e.responseEnd.toFixed(0)} ${e.name.slice(-40)}`),
      ...performance.getEntriesByType("paint").map((e) => `${e.name} ${e.startTime.toFixed(0)}`),
    ],
  }));
  await context.close();
  if (done.some(([, trust]) => trust !== "verified")) throw new Error("a badge was not verified");
  const api = requests.filter(({ origin, pathname }) => origin === API && !pathname.startsWith("/embed/"));
  if (process.env.CREDIT_TRACE && api.length > 6) console.log(api.map((url) => url.href.length + " " + url.href.slice(0, 90)).join("\n"));
  return { time: Math.max(...done.map(([time]) => time)), long: Math.max(0, ...long), api: api.length, events };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

for (const slow of [1, 4]) {
  const [ours, peer] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push((await visit("ours.html", 1, slow)).time);
    peer.push((await visit("peer.html", 1, slow)).time);
  }
  const [a, b] = [median(ours), median(peer)];
  console.log(`first badge, CPU 1/${slow}: verified ${a.toFixed(0)} ms, Lit without check ${b.toFixed(0)} ms, ${(a / b).toFixed(2)} x (budget 1.5)`);
}
const many = [];
for (let round = 0; round < 5; round += 1) many.push(await visit("many.html", MANY, 1, 60000));
const of = (name) => median(many.map((visit) => visit[name]));
console.log(`${MANY} badges, all in view: ${of("time").toFixed(0)} ms (budget 1500), longest task ${of("long").toFixed(0)} ms (budget 200), ${of("api")} API requests (budget 6)`);
const far = await visit("many.html", 10, 1);
console.log(`${MANY} badges, few in view: the first ten after ${far.time.toFixed(0)} ms, ${far.api} API requests`);
if (process.env.CREDIT_TRACE) {
  for (const file of ["ours.html", "peer.html"]) {
    const { events, time } = await visit(file, 1, 1);
    console.log([file, ...events, `done ${time.toFixed(0)}`].join("\n  "));
  }
}
await browser.close();
