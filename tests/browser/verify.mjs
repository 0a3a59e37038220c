// 信用码: read by a camera, pasted, opened from a file; checked on this device,
// also when there is no network.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { API, test } from "./harness.mjs";
import { CODE, NAME } from "./elements.mjs";

const read = createRequire(import.meta.url)("jsqr");
const text = async (path) => (await fetch(`${API}${path}`)).text();
const PASS = await text(`/v1/cards/${CODE}/pass`);
const LINK = `${API}/verify#${PASS}`;

/** What an independent decoder reads in what is seen of `locator`. */
export async function scanned(world, locator) {
  const picture = (await locator.screenshot()).toString("base64");
  // A browser knows how to unpack a PNG.
  const { width, height, data } = await world.page.evaluate(async (picture) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (c) => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { width: image.width, height: image.height, data: [...data] };
  }, picture);
  return read(Uint8ClampedArray.from(data), width, height)?.data;
}

test("verify: the picture says where the pass is checked, on any screen", async (world) => {
  for (const scale of [1, 2]) {
    const context = await world.context.browser().newContext({ deviceScaleFactor: scale });
    const page = await context.newPage();
    await page.goto(`${API}/v1/cards/${CODE}/qr.svg`);
    assert.equal(await scanned({ page: world.page }, page.locator("svg")), LINK);
    await context.close();
  }
});

test("verify: a card shows its pass, drawn here from what was checked", async (world) => {
  for (const [theme, width] of [["light", 1280], ["dark", 1280], ["auto", 360]]) {
    await world.page.setViewportSize({ width, height: 900 });
    await world.place([["credit-card", { code: CODE, theme }]]);
    await world.state("credit-card", "ready");
    const picture = world.page.locator("credit-card .qr");
    await world.page.locator("credit-card .qr path").waitFor({ state: "attached" });
    assert.equal(await scanned(world, picture), LINK);
    assert.equal(await world.page.locator("credit-card .code-link").getAttribute("href"), LINK);
    await world.shot(`card-pass-${theme}-${width}`);
  }
});

test("verify: a card without a good pass shows none", async (world) => {
  const [header, payload, signature] = PASS.split(".");
  const other = `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`;
  await world.page.route("**/v1/cards/*/pass", (route) =>
    route.fulfill({ body: `${header}.${payload}.${other}`, headers: { "access-control-allow-origin": "*" } }));
  const asked = world.page.waitForResponse("**/v1/cards/*/pass");
  await world.place([["credit-card", { code: CODE }]]);
  await world.state("credit-card", "ready");
  await asked;
  assert.equal(await world.attribute("credit-card", "trust"), "verified");
  assert.equal(await world.page.locator("credit-card .qr").count(), 0);
});

test("verify: pasted as a link, as a pass, as a card, opened from a file", async (world) => {
  await world.place([["credit-verify", {}]]);
  await world.state("credit-verify", "ready");
  assert.equal(await world.attribute("credit-verify", "trust"), null);
  const field = world.page.locator("credit-verify textarea");
  const button = world.page.getByRole("button", { name: "核验", exact: true });
  for (const brought of [LINK, `${PASS.slice(0, 40)}\n ${PASS.slice(40)}`, await text(`/v1/cards/${CODE}`), await text(`/v1/cards/${CODE}?alg=SM2-SM3`)]) {
    await field.fill("a.b.c");
    await button.click();
    await world.page.locator('credit-verify[trust="invalid"][state="ready"]').waitFor({ state: "attached" });
    assert.ok(!(await world.seen("credit-verify")).includes(NAME));
    await field.fill(brought);
    await button.click();
    await world.page.locator('credit-verify[trust="verified"][state="ready"]').waitFor({ state: "attached" });
    await world.sees("credit-verify", NAME);
  }
  await field.fill("");
  await button.click();
  await world.page.locator("credit-verify:not([trust])").waitFor({ state: "attached" });
  await world.page.locator("credit-verify input[type=file]").setInputFiles({ name: "a.jwt", mimeType: "text/plain", buffer: Buffer.from(LINK) });
  await world.page.locator('credit-verify[trust="verified"]').waitFor({ state: "attached" });
  await world.sees("credit-verify", NAME);
});

test("verify: a link is checked on the page that it opens, which nobody tells of it", async (world) => {
  await world.page.goto(LINK);
  await world.state("credit-verify", "ready");
  await world.sees("credit-verify", NAME);
  assert.equal(await world.attribute("credit-verify", "trust"), "verified");
  // A browser keeps what stands behind `#` to itself.
  assert.ok(world.requests.map((url) => url.split("#")[0]).every((url) => !url.includes(PASS)));
  await world.shot("verify-verified");
  // Another pass in the same window.
  const other = await text("/v1/cards/93120102MATEXT01XX/pass");
  await world.page.evaluate((pass) => { location.hash = pass; }, other);
  await world.sees("credit-verify", "绿叶");
});

test("verify: after the first visit it works without a network, and says what it could not check", async (world) => {
  await world.page.goto(`${API}/verify`);
  await world.state("credit-verify", "ready");
  await world.page.evaluate(async () => {
    const wanted = ["badge_bg.wasm", "/.well-known/keyset.jwt", "/verify", "site.css"];
    const kept = async () => {
      const keys = await (await caches.open("credit-verify")).keys();
      return wanted.every((end) => keys.some(({ url }) => url.endsWith(end)));
    };
    while (!navigator.serviceWorker.controller || !(await kept())) await new Promise(requestAnimationFrame);
  });
  // A list of revocations that was kept counts for five minutes. This device has none.
  await world.page.evaluate(async () => (await caches.open("credit-verify")).delete("/v1/status/1", { ignoreVary: true }));
  await world.context.setOffline(true);
  await world.page.goto("about:blank");
  await world.page.goto(LINK);
  await world.state("credit-verify", "ready");
  await world.sees("credit-verify", NAME);
  assert.equal(await world.attribute("credit-verify", "trust"), "unverified");
  await world.sees("credit-verify", "签名有效，未核对是否撤销");
  await world.shot("verify-offline");
  // What is changed is found out without a network too.
  const [header, payload, signature] = PASS.split(".");
  await world.page.evaluate((pass) => { location.hash = pass; }, `${header}.${payload.slice(0, -1)}${payload.endsWith("A") ? "B" : "A"}.${signature}`);
  await world.page.locator('credit-verify[trust="invalid"]').waitFor({ state: "attached" });
}, { noisy: true });
