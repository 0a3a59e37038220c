// Several loaders on a page: the newest serves it, and none throws.
import assert from "node:assert/strict";
import { API, test } from "./harness.mjs";
import { CODE, NAME } from "./elements.mjs";

const release = await (await fetch(`${API}/embed/v1/release.txt`)).text();

/** The loader of this server as one of version `version` would be, at an address of
 * its own; its files are the same. */
async function loader(world, version) {
  const url = `${API}/embed/v1/credit.js?${version}`;
  await world.page.route(url, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(`"release":"${release}"`, `"release":"${version}-${release.split("-")[1]}"`);
    await route.fulfill({ response, body });
  });
  await world.page.route(`${API}/embed/${version}-*/**`, async (route) => {
    const real = route.request().url().replace(`/embed/${version}-`, `/embed/${release.split("-")[0]}-`);
    await route.fulfill({ response: await route.fetch({ url: real }) });
  });
  return url;
}

const add = (world, url) => world.page.evaluate((url) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.type = "module";
  script.src = url;
  script.onload = resolve;
  script.onerror = reject;
  document.head.append(script);
}), url);

/** Versions whose code was asked for. */
const used = (world) => [...new Set(world.requests.map((url) => /\/embed\/([\d.]+)-\w+\/badge_bg\.wasm/.exec(url)?.[1]).filter(Boolean))];

async function page(world) {
  await world.page.goto(`${world.site}/plain/`);
}

const place = (world) => world.page.evaluate((code) => {
  const badge = document.createElement("credit-badge");
  badge.setAttribute("code", code);
  document.getElementById("place").append(badge);
}, CODE);

for (const [order, versions] of [["older first", ["0.9.2", "0.10.0"]], ["newer first", ["0.10.0", "0.9.2"]]]) {
  test(`versions: the newest of two serves the page, ${order}`, async (world) => {
    await page(world);
    for (const version of versions) await add(world, await loader(world, version));
    // A script has loaded when it waits for its base.
    await world.page.waitForFunction(() => window[Symbol.for("credit-widgets")]?.version.startsWith("0.10.0"));
    await place(world);
    await world.sees("credit-badge", NAME);
    assert.equal(await world.attribute("credit-badge", "trust"), "verified");
    assert.deepEqual(used(world), ["0.10.0"]);
  });
}

test("versions: a newer loader takes over what an older one shows", async (world) => {
  await page(world);
  await place(world);
  await add(world, await loader(world, "0.9.2"));
  await world.sees("credit-badge", NAME);
  await world.page.locator("credit-badge").evaluate((badge) => { window.badge = badge; window.root = badge.shadowRoot; });
  await add(world, await loader(world, "0.10.0"));
  await world.page.waitForFunction(() => window.badge.getAttribute("trust") === "verified" && window.badge.shadowRoot === window.root);
  await world.sees("credit-badge", NAME);
  assert.deepEqual(used(world), ["0.9.2", "0.10.0"]);
  // It is the newer one that hears of changes.
  await world.page.locator("credit-badge").evaluate((badge) => badge.setAttribute("lang", "en"));
  await world.sees("credit-badge", "Verified");
  await world.page.locator("credit-badge").evaluate((badge) => badge.remove());
  await place(world);
  await world.sees("credit-badge", NAME);
});

for (const shadow of ["open", "closed"]) {
  test(`versions: an element that was out of the page when a newer loader came works when it is back, ${shadow}`, async (world) => {
    await page(world);
    await place(world);
    await world.page.locator("credit-badge").evaluate((badge, shadow) => badge.setAttribute("shadow", shadow), shadow);
    await add(world, await loader(world, "0.9.2"));
    await world.page.locator("credit-badge[trust=verified]").waitFor();
    await world.page.locator("credit-badge").evaluate((badge) => { window.badge = badge; badge.remove(); });
    await add(world, await loader(world, "0.10.0"));
    await world.page.waitForFunction(() => window[Symbol.for("credit-widgets")]?.version.startsWith("0.10.0"));
    await world.page.evaluate(() => document.getElementById("place").append(window.badge));
    await world.page.locator("credit-badge[trust=verified]").waitFor();
    if (shadow === "open") await world.sees("credit-badge", NAME);
    assert.deepEqual(used(world), ["0.9.2", "0.10.0"]);
  });
}

test("versions: the same loader at two addresses is one", async (world) => {
  await page(world);
  await place(world);
  await Promise.all([add(world, `${API}/embed/v1/credit.js`), add(world, `${API}/embed/v1/credit.js?again`)]);
  await world.sees("credit-badge", NAME);
  assert.equal(await world.page.locator("credit-badge").evaluate((badge) => badge.shadowRoot.querySelectorAll(".badge").length), 1);
});

test("versions: an older loader that came first and one that never arrives leave a page that works", async (world) => {
  await page(world);
  await place(world);
  await add(world, await loader(world, "0.9.2"));
  const newer = await loader(world, "0.10.0");
  await world.page.route(`${API}/embed/0.10.0-*/element.js`, (route) => route.abort());
  await add(world, newer).catch(() => {});
  await world.sees("credit-badge", NAME);
}, { noisy: true });

test("versions: a loader with its digest works, and with a wrong one the fallback stays", async (world) => {
  const { release, files } = await (await fetch(`${API}/embed/v1/sri.json`)).json();
  const embed = (integrity) => world.page.evaluate(([url, integrity, code]) => new Promise((resolve) => {
    document.getElementById("place").innerHTML = `<credit-badge code="${code}">后备内容</credit-badge>`;
    const script = Object.assign(document.createElement("script"), { type: "module", src: url, integrity, crossOrigin: "anonymous" });
    script.onload = () => resolve("loaded");
    script.onerror = () => resolve("refused");
    document.head.append(script);
  }), [`${API}/embed/${release}/credit.js`, integrity, CODE]);
  await page(world);
  assert.equal(await embed(files["credit.js"]), "loaded");
  await world.sees("credit-badge", NAME);
  world.console.length = 0;
  await page(world);
  assert.equal(await embed(`sha256-${"A".repeat(43)}=`), "refused");
  assert.ok((await world.seen("credit-badge")).includes("后备内容"));
}, { noisy: true });

test("versions: code that is not what the loader expects is never run", async (world) => {
  await world.page.route("**/badge_bg.wasm", async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await world.place([["credit-badge", { code: CODE }, "后备内容"]]);
  await world.state("credit-badge", "error");
  await world.sees("credit-badge", "后备内容");
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "load");
}, { noisy: true });
