// What is left when an instance fails: everything else, and then itself again, with
// what a visitor had typed.
import assert from "node:assert/strict";
import { test } from "./harness.mjs";
import { CODE, NAME, OTHER, OTHER_NAME } from "./elements.mjs";

/** Lets a test have the next call of an instance end in a trap, as a panic does:
 * `panic("panels", times)`. A bundle is known by how much it imports. */
function breakable() {
  // (module (func (export "f") unreachable))
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  const trap = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f;
  const instantiate = WebAssembly.instantiate;
  const left = { badge: 0, panels: 0, qr: 0 };
  window.made = { badge: 0, panels: 0, qr: 0 };
  window.panic = (bundle, times) => { left[bundle] = times; };
  WebAssembly.instantiate = async (module, given) => {
    const { exports } = await instantiate(module, given);
    const imports = WebAssembly.Module.imports(module).length;
    // The encoder of a card's code, which comes whenever it comes, imports nothing.
    const bundle = imports > 30 ? "panels" : imports > 0 ? "badge" : "qr";
    window.made[bundle] += 1;
    const all = {};
    for (const [name, it] of Object.entries(exports)) {
      all[name] = typeof it !== "function" ? it : (...told) => {
        if (left[bundle] > 0) {
          left[bundle] -= 1;
          trap();
        }
        return it(...told);
      };
    }
    return { exports: all };
  };
}

const made = (world, bundle) => world.page.evaluate((bundle) => window.made[bundle], bundle);
const focused = (world, tag) => world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.id);

async function typedIn(world, text) {
  const input = world.page.locator("credit-query input");
  await input.click();
  await world.page.keyboard.type(text);
}

test("panics: one in the query leaves the badge alone, and the query goes on with what was typed", async (world) => {
  await world.page.addInitScript(breakable);
  await world.place([["credit-badge", { code: CODE }], ["credit-query", {}]]);
  await world.state("credit-badge", "ready");
  await world.state("credit-query", "ready");
  await typedIn(world, "海河津");
  await world.sees("credit-query", NAME);
  await world.page.evaluate(() => window.panic("panels", 1));
  await world.page.keyboard.type("味");
  await world.page.waitForFunction(() => window.made.panels === 2);
  await world.sees("credit-query", NAME);
  assert.equal(await world.page.locator("credit-query input").inputValue(), "海河津味");
  assert.equal(await focused(world, "credit-query"), "q", "the keyboard lost its place");
  await world.page.keyboard.type("食品");
  assert.equal(await world.page.locator("credit-query input").inputValue(), "海河津味食品");
  await world.sees("credit-query", "共1条结果");
  assert.equal(await made(world, "badge"), 1, "the badge was started anew");
  await world.page.locator("credit-badge").evaluate((badge, code) => badge.setAttribute("code", code), OTHER);
  await world.sees("credit-badge", OTHER_NAME);
  assert.equal(await world.attribute("credit-badge", "trust"), "verified");
});

test("panics: one in the badges brings all of them back, checked again, and leaves the query alone", async (world) => {
  await world.page.addInitScript(breakable);
  await world.place([["credit-badge", { code: CODE }], ["credit-card", { code: OTHER }], ["credit-query", { q: "津味" }]]);
  await world.sees("credit-card", OTHER_NAME);
  await world.sees("credit-query", NAME);
  await world.page.evaluate(() => window.panic("badge", 1));
  await world.page.locator("credit-badge").evaluate((badge) => badge.setAttribute("lang", "en"));
  await world.page.waitForFunction(() => window.made.badge === 2);
  await world.sees("credit-badge", "Verified");
  await world.sees("credit-card", OTHER_NAME);
  for (const tag of ["credit-badge", "credit-card"]) {
    await world.page.waitForFunction((tag) => document.querySelector(tag).getAttribute("trust") === "verified", tag);
  }
  assert.equal(await made(world, "panels"), 1);
});

test("panics: an element that cannot go on says so, shows its fallback, and the others go on", async (world) => {
  await world.page.addInitScript(breakable);
  await world.place([["credit-query", { q: "津味" }, "到信用信息中心查询"], ["credit-badge", { code: CODE }]]);
  await world.sees("credit-query", NAME);
  await world.page.evaluate(() => window.panic("panels", 1e9));
  await world.page.locator("credit-query").evaluate((query) => query.setAttribute("q", "绿叶"));
  await world.state("credit-query", "error");
  await world.sees("credit-query", "到信用信息中心查询");
  assert.ok(!(await world.seen("credit-query")).includes(NAME));
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "crashed");
  // Three attempts, and no more.
  assert.equal(await made(world, "panels"), 3);
  assert.equal(await world.attribute("credit-badge", "trust"), "verified");
  await world.sees("credit-badge", NAME);
});

test("panics: one that fails does not take another kind of its bundle along", async (world) => {
  await world.page.addInitScript(breakable);
  await world.place([["credit-badge", { code: CODE }], ["credit-verify", {}]]);
  await world.state("credit-verify", "ready");
  await world.sees("credit-badge", NAME);
  assert.equal(await made(world, "badge"), 2, "badge and verify share an instance");
  const compiled = world.requests.filter((url) => url.endsWith("/badge_bg.wasm"));
  assert.equal(compiled.length, 1, "the code was fetched twice");
  await world.page.locator("credit-verify textarea").fill("这不是信用码");
  await world.page.evaluate(() => window.panic("badge", 1));
  await world.page.locator("credit-verify .check-now").focus();
  await world.page.waitForFunction(() => window.made.badge === 3);
  // What was pasted is there again, and is judged.
  await world.sees("credit-verify", "验证失败");
  assert.equal(await world.page.locator("credit-verify textarea").inputValue(), "这不是信用码");
  assert.equal(await world.attribute("credit-badge", "trust"), "verified");
});

test("panics: a page that tears out what we drew gets it back", async (world) => {
  await world.place([["credit-query", { q: "示例" }], ["credit-badge", { code: CODE }]]);
  await world.sees("credit-query", "显示");
  await world.page.locator("credit-query").evaluate((query) => {
    // As translators of pages do with text, and cleaners with what they dislike.
    for (const node of [...query.shadowRoot.querySelectorAll(".results li:nth-child(odd)")]) node.remove();
    for (const node of [...query.shadowRoot.querySelectorAll(".name, .status, .button")]) {
      const font = document.createElement("font");
      font.textContent = `translated ${node.textContent}`;
      node.replaceChildren(font);
    }
  });
  await world.page.locator("credit-query").evaluate((query) => query.setAttribute("q", "绿叶"));
  await world.sees("credit-query", OTHER_NAME);
  await world.sees("credit-badge", NAME);
});

test("panics: one that fails whenever it starts does not take the others of its kind along", async (world) => {
  await world.page.addInitScript(breakable);
  await world.place([["credit-query", { q: "津味" }], ...Array.from({ length: 12 }, () => ["credit-badge", { code: CODE }])]);
  await world.state("credit-badge", "ready", 11);
  await world.sees("credit-query", NAME);
  // Twice they all fail together, as if one of them did it each time.
  for (let death = 1; death <= 2; death += 1) {
    await world.page.evaluate(() => window.panic("badge", 1));
    await world.page.locator("credit-badge").first().evaluate((badge, lang) => badge.setAttribute("lang", lang), death % 2 ? "en" : "zh-CN");
    await world.page.waitForFunction((made) => window.made.badge >= made, death + 1);
    await world.state("credit-badge", "ready", 11);
  }
  // By then each is in one of several instances, and the third takes only its own along.
  assert.ok(await made(world, "badge") > 5, "they share one instance still");
  await world.page.evaluate(() => window.panic("badge", 1));
  await world.page.locator("credit-badge").nth(3).evaluate((badge) => badge.setAttribute("lang", "en"));
  await world.page.locator("credit-badge[state=error]").first().waitFor({ state: "attached" });
  assert.equal(await world.page.locator("credit-badge[state=error]").count(), 1);
  assert.equal(await world.page.locator("credit-badge[trust=verified]").count(), 11);
  await world.sees("credit-badge", NAME, 7);
});
