// The cases, and what they do to a page in whatever engine.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import jsqr from "jsqr";
import * as page from "./page.mjs";
import { until } from "./programs.mjs";
import * as proxies from "./proxy.mjs";

export const API = need("CREDIT_API");
export const SITE = need("CREDIT_SITE");
export const SCREENS = need("CREDIT_SCREENS");
export const CODE = "91120102MATEXT01X4";
export const NAME = "示例市海河津味食品有限公司";
export const OTHER = "93120102MATEXT01XX";
export const OTHER_NAME = "示例区绿叶蔬菜专业合作社";

/** With the loader that only pretends every case has to fail, and soon. */
export const isFake = process.argv.includes("--fake");
const PATIENCE = isFake ? 1000 : 15_000;

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start this with cargo xtask test`);
  return value;
}

const cases = [];
/** `noisy`: what it does has to be told in the console. */
export function test(name, run, { noisy = false } = {}) {
  cases.push({ name, run, noisy });
}

class World {
  constructor(engine, driver, proxy, number) {
    Object.assign(this, { engine, driver, proxy, number });
  }

  /** Base address of a way through the proxy: one a case, because a browser keeps
   * what it has of an address. */
  by(way) {
    return `${this.proxy.address}/${way}-${this.number}`;
  }

  /** Address of a page of the strangers' site. */
  page(path) {
    return isFake ? this.by("site") + path : SITE + path;
  }

  /** Address of a page of the server. */
  own(path) {
    return isFake ? this.by("as") + path : API + path;
  }

  /** Opens the plain page with `elements` in it; `by` names the way by which the
   * loader comes. */
  async place(elements, { by, ...options } = {}) {
    await this.driver.open(this.page("/plain/"));
    await this.put(elements, { by, ...options });
  }

  /** The same in the page, or frame, that is open. */
  put(elements, { by, ...options } = {}) {
    const base = by ? this.by(by) : isFake ? this.by("as") : API;
    return this.driver.run(page.place, elements, `${base}/embed/v1/credit.js`, options);
  }

  /** A frame in the plain page with the plain page in it, and elements in that. */
  async frame(elements, attributes, options) {
    const given = { ...attributes, src: this.page("/plain/"), title: "框架" };
    await this.driver.open(this.page("/plain/"));
    await this.driver.run((attributes) => new Promise((resolve) => {
      const frame = document.createElement("iframe");
      for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
      frame.addEventListener("load", resolve);
      document.getElementById("place").append(frame);
    }), given);
    await this.driver.enter(0);
    await this.put(elements, options);
  }

  run(script, ...given) {
    return this.driver.run(script, ...given);
  }

  until(what, ask, within = PATIENCE) {
    return until(what, ask, within);
  }

  /** Waits for the value of an attribute. */
  async is(tag, name, expected, index = 0) {
    let found;
    await this.until(() => `${tag} has ${name} ${found}, expected ${expected}`, async () => {
      found = await this.attribute(tag, name, index);
      return found === expected;
    });
  }

  state(tag, state, index) {
    return this.is(tag, "state", state, index);
  }

  attribute(tag, name, index = 0) {
    return this.run(page.attribute, tag, name, index);
  }

  seen(tag, index = 0) {
    return this.run(page.seen, tag, index);
  }

  async sees(tag, expected, index = 0) {
    let seen = "";
    await this.until(() => `${tag} shows "${seen.slice(0, 400)}", expected "${expected}"`, async () => {
      seen = await this.seen(tag, index);
      return seen.includes(expected);
    });
  }

  async hides(tag, ...claims) {
    const seen = await this.seen(tag);
    for (const claim of claims) assert.ok(!seen.includes(claim), `${tag} shows ${claim}: ${seen}`);
  }

  /** What is verified says so: to scripts and to eyes. */
  async verified(tag, name = NAME, index = 0, word = "已验证") {
    await this.sees(tag, name, index);
    await this.sees(tag, word, index);
    await this.is(tag, "trust", "verified", index);
    await this.state(tag, "ready", index);
  }

  /** Clicks on a part that is in the window. */
  async click(tag, part) {
    const at = await this.until(`${tag} has no ${part} to click on`, () => this.run(page.middle, tag, part));
    await this.driver.click(...at);
  }

  keys(text) {
    return this.driver.keys(text);
  }

  /** Waits until the focus is there: names of the elements, into the shadow roots. */
  async focuses(...expected) {
    let found = [];
    await this.until(() => `the focus is in ${found}, expected ${expected}`, async () => {
      found = await this.run(page.focused);
      return found.join() === expected.join();
    });
  }

  /** Waits for an event of an element that reached the document. */
  event(name, tag) {
    return this.until(`no ${name} of ${tag} reached the document`, () => this.run(
      (name, tag) => window.events.find((event) => event.name === name && event.tag === tag), name, tag));
  }

  /** Waits for a part of an element. */
  part(tag, part) {
    return this.until(`${tag} has no ${part}`, () => this.run(
      (tag, part) => Boolean(document.querySelector(tag)?.shadowRoot?.querySelector(part)), tag, part));
  }

  /** Addresses that the page has asked for. */
  fetched() {
    return this.run(() => performance.getEntriesByType("resource").map(({ name }) => name));
  }

  async shot(name) {
    mkdirSync(SCREENS, { recursive: true });
    writeFileSync(`${SCREENS}/engine-${name}.png`, await this.driver.picture());
  }

  /** What an independent decoder reads in the window. */
  async scanned() {
    const picture = (await this.driver.picture()).toString("base64");
    const { width, height, grey } = await this.run(page.points, picture);
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    Buffer.from(grey, "base64").forEach((value, at) => data.fill(value, at * 4, at * 4 + 3));
    return jsqr(data, width, height)?.data;
  }
}

/** Runs every case in an engine; how many passed and failed. */
export async function run(engine) {
  const wanted = process.env.CREDIT_CASE ?? "";
  const [began, proxy] = [Date.now(), await proxies.start(API, SITE, isFake)];
  const counts = { passed: 0, failed: 0 };
  const say = (word, what, since) => console.error(`${word} ${engine.name}: ${what} (${Date.now() - since} ms)`);
  let driver;
  try {
    driver = await engine.start();
    for (const { name, run, noisy } of cases.filter(({ name }) => name.includes(wanted))) {
      const since = Date.now();
      const error = await attempt(new World(engine.name, driver, proxy, counts.passed + counts.failed), run, noisy);
      const hasPassed = isFake ? error && proxy.asked.some((url) => url.endsWith("/embed/v1/credit.js")) : !error;
      counts[hasPassed ? "passed" : "failed"] += 1;
      const why = String(error?.message ?? error ?? "it believed a loader that shows nothing").split("\n").join("\n     ");
      say(hasPassed ? "ok  " : "FAIL", isFake && hasPassed ? `${name}\n     fails as it should: ${why}` : hasPassed ? name : `${name}\n     ${why}`, since);
    }
    if (counts.passed + counts.failed === 0) throw new Error("ran no case");
  } catch (error) {
    counts.failed += 1;
    say("FAIL", `the engine\n     ${error.message}`, began);
  }
  await driver?.close();
  await proxy.end();
  return counts;
}

async function attempt(world, run, noisy) {
  const { driver, proxy } = world;
  Object.assign(proxy, { asked: [], reports: [], held: undefined });
  try {
    await driver.enter();
    await driver.resize(1280, 1400);
    await driver.complaints();
    await run(world);
    if (!noisy) assert.deepEqual(await driver.complaints(), [], "the console of the page is not empty");
    return undefined;
  } catch (error) {
    return error;
  } finally {
    proxy.release();
  }
}
