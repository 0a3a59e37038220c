// Our own pages, and frames of ours on the pages of others.
import assert from "node:assert/strict";
import { API, SITE, accessible, test } from "./harness.mjs";
import { CODE, NAME } from "./elements.mjs";

const get = async (path) => (await fetch(`${API}${path}`)).json();
const areas = await get("/v1/areas");
const AREA = areas.items[0].fields.find(({ name }) => name === "area").value;

const PAGES = [
  ["front", "/"],
  ["results", `/?q=${encodeURIComponent("有限公司")}`],
  ["nothing", `/?q=${encodeURIComponent("没有这样的企业")}`],
  ["subject", `/s/${CODE}`],
  ["wrong-code", "/s/91120102MATEXT01X5"],
  ["area", `/a/${AREA}`],
  ["verify", "/verify"],
  ["docs", "/docs"],
];
const WAYS = [
  ["wide", { width: 1280, height: 900 }, "light", ""],
  ["phone-dark", { width: 360, height: 740 }, "dark", ""],
  ["phone-large", { width: 360, height: 740 }, "light", "lang=en&size=large"],
];

for (const [name, path] of PAGES) {
  test(`pages: ${name}`, async (world) => {
    for (const [way, viewport, colorScheme, parameters] of WAYS) {
      await world.page.setViewportSize(viewport);
      await world.page.emulateMedia({ colorScheme });
      await world.page.goto(`${API}${path}${path.includes("?") ? "&" : "?"}${parameters}`);
      await world.page.waitForLoadState("networkidle");
      await world.shot(`page-${name}-${way}`);
      const width = await world.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${way}: ${width} px wide`);
      // Strict pages let no script in; what a test brings does not go through them.
      await accessible(world.page);
    }
  }, { noisy: name === "wrong-code" });
}

test("pages: every page is read and walked through without script", async (world) => {
  await world.page.goto(`${API}/`);
  await world.page.getByRole("searchbox").fill("海河津味");
  await world.page.getByRole("button", { name: "查询" }).click();
  await world.page.getByRole("link", { name: NAME }).click();
  assert.equal(new URL(world.page.url()).pathname, `/s/${CODE}`);
  await world.page.getByRole("link", { name: "English" }).click();
  assert.equal(await world.page.evaluate(() => document.documentElement.lang), "en");
  await world.page.getByRole("link", { name: "Larger text" }).click();
  assert.ok(world.page.url().includes("size=large"));
  await world.page.goto(`${API}/a/${AREA}`);
  const member = world.page.locator("main a[href^='/s/']").first();
  const name = (await member.textContent()).trim();
  await member.click();
  assert.ok((await world.page.locator("h1").textContent()).includes(name));
}, { context: { javaScriptEnabled: false } });

test("pages: what is printed has no navigation", async (world) => {
  await world.page.goto(`${API}/s/${CODE}`);
  await world.page.emulateMedia({ media: "print" });
  assert.ok(!(await world.page.locator("header nav").isVisible()));
  assert.ok(await world.page.locator("h1").isVisible());
  await world.shot("page-subject-print");
});

/** A frame of ours on a page of somebody else. */
async function framed(world, element, query, isHosted = true) {
  await world.page.goto(`${SITE}/plain/`);
  await world.page.evaluate(([api, element, query, isHosted]) => {
    const frame = document.createElement("iframe");
    frame.src = `${api}/embed/v1/frame/${element}?${query}`;
    frame.title = "信用名片";
    frame.width = "100%";
    document.getElementById("place").append(frame);
    if (!isHosted) return;
    const script = document.createElement("script");
    script.src = `${api}/assets/frame-host.js`;
    document.head.append(script);
  }, [API, element, query, isHosted]);
  return world.page.frameLocator("iframe");
}

const height = (world) => world.page.locator("iframe").evaluate((frame) => frame.getBoundingClientRect().height);

/** The frame of a card is as high as the card with all that it shows. */
async function settled(world, inside) {
  // The code comes last, from a bundle of its own.
  await inside.locator("credit-card .qr path").waitFor({ state: "attached" });
  const content = () => inside.locator("html").evaluate((root) => Math.ceil(root.getBoundingClientRect().height));
  await world.page.waitForFunction(() => document.querySelector("iframe").height > 200);
  const end = Date.now() + 10000;
  // Borders aside.
  while (Math.abs(await height(world) - await content()) > 8) {
    assert.ok(Date.now() < end, `${await height(world)} px around ${await content()}`);
    await world.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

test("frames: a card verifies itself, and its frame is as high as it", async (world) => {
  const inside = await framed(world, "credit-card", `code=${CODE}`);
  await inside.locator('credit-card[state="ready"]').waitFor();
  assert.equal(await inside.locator("credit-card").getAttribute("trust"), "verified");
  await settled(world, inside);
  await world.shot("frame-card-wide");
  const before = await height(world);
  await world.page.setViewportSize({ width: 360, height: 740 });
  await world.page.waitForFunction((before) => Number(document.querySelector("iframe").height) !== before, Math.round(before) - 4);
  await settled(world, inside);
  await world.shot("frame-card-phone");
});

test("frames: a query works in its frame, and a badge stands alone", async (world) => {
  let inside = await framed(world, "credit-query", `q=${encodeURIComponent("海河津味")}`);
  await inside.getByText(NAME).first().waitFor();
  inside = await framed(world, "credit-badge", `code=${CODE}&lang=en`);
  await inside.locator('credit-badge[trust="verified"]').waitFor();
  await world.shot("frame-badge");
});

test("frames: every element that may stand in one takes the same attributes there", async (world) => {
  const pass = await (await fetch(`${API}/v1/cards/${CODE}/pass`)).text();
  for (const [element, told] of [["credit-badge", { code: CODE }], ["credit-card", { code: CODE }], ["credit-report", { code: CODE }], ["credit-verify", { token: pass }], ["credit-query", { code: CODE }]]) {
    const query = String(new URLSearchParams({ ...told, theme: "dark", size: "large", lang: "en" }));
    const inside = await framed(world, element, query);
    await inside.locator(element).getByText(NAME).first().waitFor();
    const look = await inside.locator(`${element} div .look`).first().evaluate((node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).fontSize, node.lang]);
    assert.deepEqual(look, ["rgb(24, 32, 42)", "20px", "en"], element);
  }
  // What is wrong with an attribute is said in the frame, where somebody reads it.
  const inside = await framed(world, "credit-card", "code=9112");
  await inside.getByText("属性 code 的值“9112”无效").waitFor();
});

test("frames: only a frame of ours sets a height, and only within reason", async (world) => {
  await settled(world, await framed(world, "credit-card", `code=${CODE}`, true));
  const before = await height(world);
  await world.page.evaluate(() => {
    window.postMessage({ type: "credit-height", height: 5000 }, "*");
  });
  for (const wrong of [-1, 1e9, "9", null]) {
    await world.page.frames()[1].evaluate((height) =>
      parent.postMessage({ type: "credit-height", height }, "*"), wrong);
  }
  await world.page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await height(world), before);
});

test("frames: nothing else of ours can be framed, nor an element that there is not", async (world) => {
  await world.page.goto(`${SITE}/plain/`);
  await world.page.evaluate((api) => {
    const frame = document.createElement("iframe");
    frame.src = `${api}/`;
    document.getElementById("place").append(frame);
  }, API);
  await world.page.waitForLoadState("networkidle");
  assert.ok(world.console.some((line) => line.includes("frame-ancestors")), world.console.join("\n"));
  for (const [path, status] of [["credit-desk", 404], ["credit-card%22", 404], ["credit-self", 404]]) {
    const answer = await fetch(`${API}/embed/v1/frame/${path}`);
    assert.equal(answer.status, status, path);
  }
}, { noisy: true });

test("pages: static badges in every style, size and theme fit their words", async (world) => {
  await world.page.goto(`${SITE}/plain/`);
  const images = await world.page.evaluate(async ([api, codes]) => {
    const place = document.getElementById("place");
    const all = [];
    for (const theme of ["light", "dark", "contrast"]) for (const lang of ["zh-CN", "en"]) {
      const row = document.createElement("p");
      for (const style of ["flat", "seal", "compact"]) for (const size of ["normal", "large"]) for (const code of codes) {
        const image = document.createElement("img");
        image.src = `${api}/v1/badges/${code}.svg?style=${style}&size=${size}&theme=${theme}&lang=${lang}`;
        row.append(image, " ");
        all.push(image.decode().then(() => [image.naturalWidth, image.naturalHeight, style, size]));
      }
      place.append(row);
    }
    return Promise.all(all);
  }, [API, [CODE, "91120102MATEXT036Y"]]);
  const sizes = { flat: [240, 48], seal: [120, 144], compact: [168, 24] };
  for (const [width, height, style, size] of images) {
    const times = size === "large" ? 1.5 : 1;
    assert.deepEqual([width, height], sizes[style].map((side) => side * times));
  }
  await world.shot("static-badges");
});
