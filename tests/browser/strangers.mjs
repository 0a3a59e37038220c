// Strangers' pages, each a folder: the page as a site would have it, and in
// seen.json what must be seen of it. strangers/README.md has the words.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { API, SITE, test } from "./harness.mjs";
import { changed } from "./changed.mjs";
import { CODE, ELEMENTS, NAME } from "./elements.mjs";
import { look } from "./strangers/look.mjs";
import { read, verbOf } from "./strangers/terms.mjs";

const FOLDERS = new URL("./strangers/", import.meta.url);
const PATIENCE = 15_000;
const require = createRequire(import.meta.url);

/** Takes away what the browser does not have; one that it never had is a mistake. */
function without(paths) {
  for (const path of paths) {
    const names = path.split(".");
    const last = names.pop();
    let owner = globalThis;
    for (const name of names) owner = owner?.[name];
    const isThere = owner && last in owner;
    if (isThere) delete owner[last];
    if (!isThere || last in owner) console.error(`${path} cannot be taken away`);
  }
}

/** The page's script and what it imports, as one file. */
async function bundled(file) {
  const { build } = require("esbuild");
  const { outputFiles } = await build({
    // An alias is looked for from here.
    absWorkingDir: new URL(".", import.meta.url).pathname,
    entryPoints: [file], bundle: true, write: false, minify: true, format: "iife", jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
  });
  return outputFiles[0].text;
}

/** One visit of one page. */
class Visit {
  constructor(folder, told, world) {
    this.told = told;
    this.world = world;
    this.page = world.page;
    this.folder = new URL(`${folder}/`, FOLDERS);
    const site = new URL(SITE);
    if (told.host) site.hostname = told.host;
    this.site = site.origin;
    this.address = `${site.origin}/${folder}/`;
    /** Answers that are held back, by name. */
    this.held = {};
    /** Rules of the network that nothing has met yet. */
    this.unmet = new Set();
    this.rules = [];
  }

  async begin() {
    const { lacks, before, bundle, network } = this.told;
    if (lacks) await this.page.addInitScript(without, lacks);
    if (before) await this.page.addInitScript({ path: new URL(before, this.folder).pathname });
    if (bundle) {
      const body = await bundled(new URL(bundle, this.folder).pathname);
      await this.page.route(`${this.address}bundle.js`, (route) => route.fulfill({ body, contentType: "text/javascript; charset=utf-8" }));
    }
    await this.network(network ?? []);
    this.eyes = await this.world.context.newCDPSession(this.page);
    await this.page.goto(this.address, { waitUntil: "domcontentloaded" });
  }

  /** Has the network do these things, and nothing that it did before. */
  async network(rules) {
    for (const { rule, handler } of this.rules) await this.page.unroute(rule.for, handler);
    this.rules = rules.map((rule) => ({ rule, handler: (route) => this.answer(route, rule) }));
    for (const { rule, handler } of this.rules) {
      this.unmet.add(rule);
      if (rule.hold && !this.held[rule.hold]) {
        const held = (this.held[rule.hold] = {});
        held.promise = new Promise((release) => { held.release = release; });
      }
      await this.page.route(rule.for, handler);
    }
  }

  async answer(route, rule) {
    this.unmet.delete(rule);
    if (rule.hold) await this.held[rule.hold].promise;
    if (rule.abort) return route.abort(rule.abort);
    const headers = { "access-control-allow-origin": "*", ...rule.headers };
    if (rule.status || rule.body !== undefined) {
      return route.fulfill({ status: rule.status ?? 200, body: rule.body ?? "", headers, contentType: rule.type ?? "text/html" });
    }
    if (rule.tamper === undefined && rule.cut === undefined && !rule.type) return route.continue();
    const response = await route.fetch();
    let body = await response.body();
    if (rule.tamper !== undefined) body = Buffer.from(changed(body.toString(), rule.tamper));
    if (rule.cut !== undefined) body = body.subarray(0, rule.cut);
    return route.fulfill({ response, body, headers: { ...response.headers(), ...(rule.type && { "content-type": rule.type }) } });
  }

  /** Asks the browser, in a world of our own where `own` is true: what a page
   * replaced is not replaced there. */
  async ask(expression, { own = false, frame } = {}) {
    let session = this.eyes;
    let inner;
    if (frame) {
      inner = await (await this.page.locator(frame).elementHandle()).contentFrame();
      // A frame in a process of its own has a session of its own, and others none.
      session = await this.world.context.newCDPSession(inner).catch(() => this.eyes);
    }
    let contextId;
    if (own) {
      const { frameTree } = await session.send("Page.getFrameTree");
      const inside = session === this.eyes && frame && frameTree.childFrames.find((child) => child.frame.url === inner.url());
      const frameId = (inside || frameTree).frame.id;
      contextId = (await session.send("Page.createIsolatedWorld", { frameId, worldName: "visitor" })).executionContextId;
    }
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", { expression, contextId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Asks until the answer is as it should be: `wrong` says what is not. */
  async until(question, wrong) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      // A page that is just being left answers nothing.
      const answer = await question().catch((error) => ({ error }));
      const what = answer?.error ? String(answer.error) : wrong(answer);
      if (!what) return;
      if (Date.now() > end) assert.fail(what);
      await this.ask("new Promise(requestAnimationFrame)", { own: true }).catch(() => {});
    }
  }

  see({ see: selector, text, not = [], state, trust, nth, count, readable, in: frame, begin = "" }) {
    const question = () => this.ask(`${begin};(${look})(${JSON.stringify(selector)})`, { own: true, frame });
    return this.until(question, (all) => {
      if (count !== undefined && all.length !== count) return `${all.length} of ${selector}, not ${count}`;
      const looked = nth === undefined ? all : all.slice(nth, nth + 1);
      if (looked.length === 0) return `no ${selector}`;
      for (const seen of looked) {
        const shows = `${selector} [state=${seen.state} trust=${seen.trust}] shows "${seen.text}"`;
        for (const part of text) if (!seen.text.includes(part)) return `${shows}, expected "${part}"`;
        for (const part of not) if (seen.text.includes(part)) return `${shows}, and must not show "${part}"`;
        if (state !== undefined && seen.state !== state) return `${shows}, expected state ${state}`;
        if (trust !== undefined && seen.trust !== trust) return `${shows}, expected trust ${trust}`;
        if (readable && seen.hard.length) return `${selector}: ${seen.hard.join("; ")}`;
      }
      return "";
    });
  }

  unseen({ unseen: selector }) {
    const question = () => this.ask(`(${look})(${JSON.stringify(selector)})`, { own: true });
    return this.until(question, (all) => {
      if (all.length === 0) return `no ${selector}`;
      return all.map((seen) => seen.text).filter(Boolean).map((text) => `${selector} shows "${text}", and should not be seen`).join();
    });
  }

  async works({ works: tags, in: frame }) {
    for (const tag of tags.filter((tag) => tag !== "credit-query")) {
      await this.see({ see: tag, text: [NAME, "已验证"], state: "ready", trust: "verified", in: frame });
    }
    if (!tags.includes("credit-query")) return;
    const query = (frame ? this.page.frameLocator(frame) : this.page).locator("credit-query");
    await query.locator("input").fill("津味");
    await this.see({ see: "credit-query", text: [NAME], not: ["已验证"], state: "ready", in: frame });
    await query.locator(".result").click();
    await this.see({ see: "credit-query", text: ["登记信息", CODE, "已验证"], state: "ready", in: frame });
    if (!frame) await this.others();
  }

  /** Every other element, added beside the query window, shows what it is for. */
  async others() {
    const there = ["credit-badge", "credit-card", "credit-query", "credit-self"];
    const others = ELEMENTS.filter(({ tag }) => !there.includes(tag));
    const add = (others) => {
      const query = document.querySelector("credit-query");
      for (const { tag, good } of others) {
        const element = document.createElement(tag);
        element.id = `other-${tag}`;
        for (const [name, value] of Object.entries(good)) element.setAttribute(name, value);
        query.parentNode.insertBefore(element, query.nextSibling);
      }
    };
    await this.ask(`(${add})(${JSON.stringify(others.map(({ tag, good }) => ({ tag, good })))})`, { own: true });
    for (const { tag, seen } of others) {
      // Its beginning, until it is there: what comes above it pushes it away again.
      const begin = `document.getElementById("other-${tag}").scrollIntoView()`;
      await this.see({ see: `#other-${tag}`, text: [seen], state: "ready", begin });
    }
    // The page is as it was.
    const remove = (tags) => tags.forEach((tag) => document.getElementById(`other-${tag}`).remove());
    await this.ask(`(${remove})(${JSON.stringify(others.map(({ tag }) => tag))})`, { own: true });
  }

  async step(step) {
    const { page } = this;
    switch (verbOf(step)) {
      case "see": return this.see(step);
      case "unseen": return this.unseen(step);
      case "works": return this.works(step);
      case "fill": return page.locator(step.fill).fill(step.with);
      case "click": return page.locator(step.click).click();
      case "wait": return page.locator(step.wait).first().waitFor({ timeout: PATIENCE });
      case "scroll": return page.locator(step.scroll).scrollIntoViewIfNeeded();
      case "open": return page.goto(this.address + step.open, { waitUntil: "domcontentloaded" });
      case "back": return page.goBack({ waitUntil: "commit" });
      case "script": return page.addScriptTag({ url: this.address + step.script });
      case "network": return this.network(step.network);
      case "release": return this.held[step.release].release();
      case "later": return page.clock.setFixedTime(Date.now() + step.later * 1000);
      case "media": return page.emulateMedia({ media: step.media });
      case "host": return this.until(() => this.ask(step.host), (value) => {
        try { assert.deepEqual(value, step.is); } catch { return `the page's own ${step.host} is ${JSON.stringify(value)}, not ${JSON.stringify(step.is)}`; }
        return "";
      });
      case "asked": {
        const asked = this.world.requests.filter((url) => new RegExp(step.asked).test(url));
        return assert.equal(asked.length, step.times, `${step.asked} was asked for: ${asked}`);
      }
      case "shot": return this.world.shot?.(step.shot);
      default: throw new Error(`no such step: ${JSON.stringify(step)}`);
    }
  }

  /** What there is to say at the end of a visit. */
  async end() {
    for (const rule of this.unmet) assert.fail(`nobody asked for ${rule.for}`);
    const allowed = (this.told.console ?? []).map((line) => new RegExp(line));
    const strange = this.world.console.filter((line) => !allowed.some((known) => known.test(line)));
    assert.deepEqual(strange, [], "the console of the page is not as it should be");
    for (const known of allowed) assert.ok(this.world.console.some((line) => known.test(line)), `nothing like ${known} on the console`);
    for (const url of this.world.requests.filter((url) => url.startsWith("http"))) {
      assert.ok([API, this.site].includes(new URL(url).origin), `request to a third party: ${url}`);
    }
  }
}

for (const { name: folder } of readdirSync(FOLDERS, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const file = new URL(`${folder}/seen.json`, FOLDERS);
  if (!existsSync(file)) throw new Error(`strangers/${folder} has no seen.json`);
  const told = read(readFileSync(file, "utf8"), `strangers/${folder}/seen.json`);
  test(`strangers: ${told.case}`, async (world) => {
    const visit = new Visit(folder, told, world);
    try {
      await visit.begin();
      for (const step of told.steps) await visit.step(step);
      await visit.end();
    } finally {
      for (const held of Object.values(visit.held)) held.release();
      await visit.page.unrouteAll({ behavior: "ignoreErrors" });
    }
  }, { noisy: true });
}

test("strangers: what nobody knows in a seen.json is refused", async () => {
  const good = { case: "a page", steps: [{ see: "p", text: ["a"] }] };
  const refused = {
    "a word of the case": { ...good, colour: "red" },
    "a step": { ...good, steps: [...good.steps, { dance: true }] },
    "a word of a step": { ...good, steps: [{ ...good.steps[0], often: 3 }] },
    "a rule of the network": { ...good, network: [{ for: "**/*", explode: true }] },
    "no text to see": { ...good, steps: [{ see: "credit-badge", state: "ready", trust: "verified" }] },
    "nothing to see": { ...good, steps: [{ click: "p" }] },
    "no name": { steps: good.steps },
  };
  assert.ok(read(JSON.stringify(good), "good"));
  for (const [what, told] of Object.entries(refused)) assert.throws(() => read(JSON.stringify(told), what), Error, what);
});
