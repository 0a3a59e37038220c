// The contract, part two: what the page and the device around an element may do.
import assert from "node:assert/strict";
import { ELEMENTS } from "./elements.mjs";
import { test } from "./harness.mjs";

/** How the parts of an element look: colours and sizes of its visible text. */
const looks = (world, tag) => world.page.locator(tag).evaluate((element) => {
  const found = [];
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) visit(node.shadowRoot);
      const parent = node.parentElement;
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim() || !parent?.checkVisibility?.() || parent.closest("option, .unseen, style")) continue;
      const { color, fontSize, lineHeight, fontFamily } = getComputedStyle(parent);
      let ground = parent;
      while (ground && /rgba\(.*, 0\)|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
      found.push({
        text: node.data.trim(), color, font: fontFamily,
        size: parseFloat(fontSize), line: parseFloat(lineHeight),
        ground: ground ? getComputedStyle(ground).backgroundColor : "none",
      });
    }
  };
  visit(element.shadowRoot);
  return found;
});

/** The texts that say it; what was searched for is a text of its own in a name. */
const saying = (texts, said) => texts.filter(({ text }) => text.includes(said) || (text.length > 1 && said.includes(text)));

/** Brightness of a colour, from 0 to 1. */
function brightness(color) {
  const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

for (const { tag, good, seen, signed, late, prepare } of ELEMENTS) {
  const check = (name, run, options) =>
    test(`${tag}: ${name}`, async (world) => { await prepare?.(world); await run(world); }, options);
  const shown = async (world, attributes = {}) => {
    await world.place([[tag, { ...good, ...attributes }]]);
    await world.sees(tag, seen);
    if (late) await world.page.locator(`${tag} ${late}`).waitFor({ state: "attached" });
  };

  check("each theme is what it says, and auto follows the device", async (world) => {
    for (const [theme, scheme, isDark] of [["light", "dark", false], ["dark", "light", true], ["contrast", "light", true], ["auto", "light", false], ["auto", "dark", true]]) {
      await world.page.emulateMedia({ colorScheme: scheme });
      await shown(world, { theme });
      const texts = await looks(world, tag);
      const named = saying(texts, seen);
      assert.ok(named.length > 0, `nothing says ${seen}`);
      for (const { color, ground } of named) {
        assert.ok(isDark ? brightness(color) > 0.7 && brightness(ground) < 0.35 : brightness(color) < 0.35 && brightness(ground) > 0.8,
          `${theme} on a device that is ${scheme}: ${color} on ${ground}`);
      }
      if (theme === "contrast") assert.ok(texts.some(({ ground }) => ground === "rgb(0, 0, 0)"));
    }
  });

  check("large is large: nothing below 18 px, no line closer than 1.5", async (world) => {
    await shown(world);
    const normal = await looks(world, tag);
    await shown(world, { size: "large" });
    const large = await looks(world, tag);
    assert.ok(saying(large, seen).length > 0);
    assert.deepEqual(large.filter(({ size, line }) => size < 18 || line / size < 1.49), []);
    assert.ok(normal.some(({ size }) => size < 18), "large is as normal");
    assert.ok(normal.every(({ size }) => size >= 13), "text that nobody reads");
  });

  // 400 % of 1280 × 1024.
  check("everything is there at 320 px and at 400 %", async (world) => {
    for (const attributes of [{}, { size: "large" }]) {
      await shown(world, attributes);
      const wide = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `the page is ${wide} px too wide`);
      assert.deepEqual(await world.cutOff(tag), []);
      await world.shot(`zoom-${tag}-${attributes.size ?? "normal"}`);
    }
  }, { context: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } });

  check("forced colours leave words and marks visible", async (world) => {
    await shown(world);
    const texts = await looks(world, tag);
    assert.ok(saying(texts, seen).length > 0);
    for (const { text, color, ground } of texts) {
      assert.ok(Math.abs(brightness(color) - (ground === "none" ? 1 : brightness(ground))) > 0.3, `${text}: ${color} on ${ground}`);
    }
    if (signed) {
      const [mark, ground] = await world.page.locator(tag).evaluate((element) => {
        const mark = element.shadowRoot.querySelector(".sign");
        return mark ? [getComputedStyle(mark).stroke, getComputedStyle(element.shadowRoot.querySelector(".look")).backgroundColor] : ["rgb(0, 0, 0)", "rgb(255, 255, 255)"];
      });
      assert.notEqual(mark, ground, "the mark cannot be told from its ground");
    }
    await world.shot(`forced-${tag}`);
  }, { context: { forcedColors: "active" } });

  check("nothing moves by itself for who wants no motion", async (world) => {
    await shown(world);
    const moving = await world.page.locator(tag).evaluate((element) => [...element.shadowRoot.querySelectorAll("*")]
      .filter((part) => parseFloat(getComputedStyle(part).transitionDuration) > 0 || getComputedStyle(part).animationName !== "none")
      .map((part) => part.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, []);
  }, { context: { reducedMotion: "reduce" } });

  check("a clone shows nothing before it is checked itself", async (world) => {
    await shown(world);
    const began = await world.page.locator(tag).evaluate((element) => {
      const clone = element.cloneNode(true);
      clone.id = "clone";
      element.after(clone);
      clone.scrollIntoView();
      return [clone.getAttribute("state"), clone.getAttribute("trust"), clone.shadowRoot.querySelector("div").childNodes.length];
    });
    assert.deepEqual(began, ["loading", null, 0]);
    await world.sees(tag, seen, 1);
    if (signed) assert.equal(await world.attribute(tag, "trust", 1), "verified");
    await world.sees(tag, seen, 0);
  });

  check("in a template it does nothing, and out of it everything", async (world) => {
    await shown(world);
    await world.page.waitForLoadState("networkidle");
    const before = world.requests.length;
    const inert = await world.page.locator(tag).evaluate(async (element) => {
      const template = document.createElement("template");
      template.id = "kept";
      element.after(template);
      template.content.append(element.cloneNode(true));
      template.content.append(element);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return [...template.content.children].map((child) => [child.isConnected, child.getAttribute("trust")]);
    });
    assert.equal(world.requests.length, before, "something was asked for from within a template");
    // What went in was taken out of the page, and claims nothing any more.
    assert.deepEqual(inert[1], [false, null]);
    await world.page.evaluate(() => {
      const template = document.getElementById("kept");
      template.after(document.importNode(template.content.firstElementChild, true));
    });
    await world.sees(tag, seen);
  });

  check("on paper it is black on white, says what it says, and asks for nothing to be pressed", async (world) => {
    await shown(world, { theme: "dark" });
    await world.page.emulateMedia({ media: "print" });
    const texts = await looks(world, tag);
    assert.ok(saying(texts, seen).length > 0 || tag === "credit-self", `${seen} is not printed`);
    for (const { text, color, ground } of texts) {
      assert.ok(brightness(color) < 0.5 && (ground === "none" || brightness(ground) > 0.8), `${text}: ${color} on ${ground}`);
    }
    await world.shot(`print-${tag}`);
  });

  check("nothing around it moves when it becomes ready", async (world) => {
    await world.page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
          window.shifts.push([value, sources.map(({ node, previousRect: from, currentRect: to }) => [node?.nodeName, from.y, from.height, to.y, to.height])]);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await world.page.route("**/*_bg.wasm", async (route) => { await held; await route.continue(); });
    await world.place([[tag, good], ["p", {}, "下面的段落"]], { isStyled: true });
    await world.state(tag, "loading");
    release();
    await world.sees(tag, seen);
    if (late) await world.page.locator(`${tag} ${late}`).waitFor({ state: "attached" });
    await world.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shifts = await world.page.evaluate(() => window.shifts);
    const sum = shifts.reduce((sum, [value]) => sum + value, 0);
    // 0.1 is what counts as good for a whole page.
    assert.ok(sum < 0.05, `${sum}: ${JSON.stringify(shifts)}`);
  });
}
