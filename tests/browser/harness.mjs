// A runner of a page: real Chromium, console and requests watched. No case may
// pass because nothing ran: run() fails on an empty list.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { STRANGER, launch } from "./chromium.mjs";

export const API = need("CREDIT_API");
export const SITE = need("CREDIT_SITE");
export const DEMO = need("CREDIT_DEMO");
/** A server that asks the identity provider who people are, and that. */
export const OWN = need("CREDIT_OWN");
export const PROVIDER = need("CREDIT_PROVIDER");
/** What is published beside the server: the pages of the parts, the npm packages. */
export const DIST = need("CREDIT_DIST");
export const NPM = `${DIST}/npm`;
/** Pages of others that were built with the packages. */
export const CONSUMERS = need("CREDIT_CONSUMERS");
/** Folder of the npm packages. */
export const PACKAGES = need("CREDIT_PACKAGES");
export const SCREENS = need("CREDIT_SCREENS");

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start this with cargo xtask test`);
  return value;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails where axe finds a breach of WCAG 2.2 AA within `selector`, or of other rules; `null` is all of them. */
export async function accessible(page, selector = "html", rules = RULES) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(([selector, runOnly]) => axe.run(selector, runOnly ? { runOnly } : {}), [selector, rules]);
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
}

/** With `--fake` in place of the loader comes one that only sets attributes: then
 * every case has to fail. */
const isFake = process.argv.includes("--fake");
const PATIENCE = isFake ? 300 : 15_000;
const FAKE = readFileSync(new URL("../fake.js", import.meta.url), "utf8");

const cases = [];
/** @param {string} name @param {(world: World) => Promise<void>} run @param {object} [options] */
export function test(name, run, options = {}) {
  cases.push({ name, run, options });
}

class World {
  constructor(page, context) {
    this.page = page;
    this.context = context;
    /** Origin of the plain page. */
    this.site = SITE;
    this.requests = [];
    this.console = [];
    page.on("console", (message) => this.console.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => this.console.push(`error: ${error.message}`));
    page.on("request", (request) => this.requests.push(request.url()));
  }

  /** Opens the plain page with `elements` in it: [tag, attributes, fallback], so
   * many pixels down, and with our style for pages. */
  async place(elements, { lang, down = 0, isStyled = false } = {}) {
    await this.page.goto(`${this.site}/plain/`);
    if (isStyled) await this.page.addStyleTag({ url: `${this.site === SITE ? API : this.site}/embed/v1/credit.css` });
    await this.page.evaluate(
      ([elements, api, down]) => {
        window.events = [];
        for (const name of ["credit-ready", "credit-error", "credit-select"]) {
          document.addEventListener(name, (event) =>
            window.events.push({ name, tag: event.target.localName, detail: event.detail }));
        }
        const place = document.getElementById("place");
        place.style.paddingTop = `${down}px`;
        for (const [tag, attributes, fallback] of elements) {
          const element = document.createElement(tag);
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
          if (fallback) element.textContent = fallback;
          place.append(element);
        }
        const script = document.createElement("script");
        script.type = "module";
        script.src = `${api}/embed/v1/credit.js`;
        document.head.append(script);
      },
      [elements, API, down],
    );
    if (lang) await this.page.evaluate((lang) => { document.documentElement.lang = lang; }, lang);
  }

  async state(tag, state, index = 0) {
    await this.page.locator(`${tag}[state="${state}"]`).nth(index).waitFor({ state: "attached", timeout: PATIENCE });
  }

  /** Text that a visitor sees of an element, shadow root and shown slots included. */
  seen(tag, index = 0) {
    return this.page.locator(tag).nth(index).evaluate((element) => {
      const text = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType === Node.ELEMENT_NODE) {
          const box = getComputedStyle(node);
          if (box.display === "none" || box.visibility === "hidden") return "";
          if (node.localName === "slot") {
            const nodes = node.assignedNodes();
            return (nodes.length ? nodes : [...node.childNodes]).map(text).join("");
          }
        }
        return [...(node.shadowRoot ?? node).childNodes].map(text).join("");
      };
      return text(element);
    });
  }

  async sees(tag, expected, index = 0) {
    const end = Date.now() + PATIENCE;
    let seen = "";
    do {
      seen = await this.seen(tag, index);
      if (seen.includes(expected)) return;
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    } while (Date.now() < end);
    assert.fail(`${tag} shows "${seen.replace(/\s+/g, " ")}", expected "${expected}"`);
  }

  /** Parts that stick out of the box of an element, and are cut off. */
  cutOff(tag, index = 0) {
    return this.page.locator(tag).nth(index).evaluate((element) => {
      const edge = element.getBoundingClientRect().right + 0.5;
      const parts = [...element.shadowRoot.querySelectorAll("*")];
      // What is for screen readers only is cut off on purpose.
      const isUnseen = (part) => part && (getComputedStyle(part).clipPath === "inset(50%)" || isUnseen(part.parentElement));
      return parts.filter((part) => part.getBoundingClientRect().right > edge && !isUnseen(part)).map((part) => part.outerHTML.slice(0, 80));
    });
  }

  events(name) {
    return this.page.evaluate((name) => window.events.filter((event) => event.name === name), name);
  }

  attribute(tag, name, index = 0) {
    return this.page.locator(tag).nth(index).getAttribute(name);
  }

  async shot(name) {
    mkdirSync(SCREENS, { recursive: true });
    await this.page.screenshot({ path: `${SCREENS}/${name}.png`, fullPage: true });
  }
}

export async function run() {
  const wanted = process.env.CREDIT_CASE ?? "";
  const browser = await launch();
  const elsewhere = new URL(SITE);
  elsewhere.hostname = STRANGER;
  const known = [API, SITE, DEMO, OWN, PROVIDER, DIST, CONSUMERS, elsewhere.origin];
  let passed = 0;
  const failed = [];
  for (const { name, run, options } of cases) {
    if (!name.includes(wanted)) continue;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options.context });
    if (isFake) {
      context.setDefaultTimeout(PATIENCE);
      await context.route("**/embed/v1/credit.js", (route) =>
        route.fulfill({ body: FAKE, contentType: "text/javascript", headers: { "access-control-allow-origin": "*" } }));
    }
    const world = new World(await context.newPage(), context);
    const began = Date.now();
    // On the error stream, which is shown while the suite runs.
    const say = (text) => console.error(`${text} (${Date.now() - began} ms)`);
    try {
      await run(world);
      if (!options.noisy) assert.deepEqual(world.console, [], "the console of the page is not empty");
      const origins = new Set(world.requests.filter((url) => url.startsWith("http")).map((url) => new URL(url).origin));
      for (const origin of origins) assert.ok(known.includes(origin), `request to a third party: ${origin}`);
      if (isFake) {
        failed.push(name);
        say(`FAIL ${name} believes a loader that shows nothing`);
        await context.close();
        continue;
      }
      passed += 1;
      say(`ok   ${name}`);
    } catch (error) {
      if (isFake) {
        // For that reason and no other: the loader was there.
        const ran = await world.page.evaluate(() => Boolean(customElements.get("credit-badge"))).catch(() => false);
        if (ran) passed += 1;
        else failed.push(name);
        if (!ran) say(`FAIL ${name} failed without the loader: ${error.message}`);
        await context.close();
        continue;
      }
      failed.push(name);
      say(`FAIL ${name}\n     ${String(error.message ?? error).split("\n").join("\n     ")}`);
    }
    await context.close();
  }
  await browser.close();
  console.log(`${passed} passed, ${failed.length} failed`);
  if (passed === 0 || failed.length > 0) process.exit(1);
}
