// The contract: what every element does, whatever it is.
import assert from "node:assert/strict";
import { ELEMENTS } from "./elements.mjs";
import { API, accessible, test } from "./harness.mjs";

const FALLBACK = "后备内容";

for (const { tag, good, seen, signed, change, seenAfter, bad, named, tabs, late, english, prepare } of ELEMENTS) {
  const check = (name, run) => test(`${tag}: ${name}`, async (world) => { await prepare?.(world); await run(world); });

  check("shows what it is for, reflects state and trust, says so", async (world) => {
    await world.place([[tag, good]]);
    await world.state(tag, "ready");
    await world.sees(tag, seen);
    assert.equal(await world.attribute(tag, "trust"), signed ? "verified" : null);
    if (signed) await world.sees(tag, "已验证");
    const ready = await world.events("credit-ready");
    assert.ok(ready.some((event) => event.tag === tag), "credit-ready did not reach the document");
  });

  check("what pages can style is listed, with the custom properties that have an effect", async (world) => {
    const { modules } = await (await fetch(`${API}/embed/v1/custom-elements.json`)).json();
    const declared = modules[0].declarations.find(({ tagName }) => tagName === tag);
    await world.place([[tag, good]]);
    await world.sees(tag, seen);
    if (late) await world.page.locator(`${tag} ${late}`).waitFor({ state: "attached" });
    const parts = await world.page.locator(tag).evaluate((element) =>
      [...new Set([...element.shadowRoot.querySelectorAll("[part]")].flatMap((part) => [...part.part]))]);
    assert.ok(parts.length > 3);
    const listed = declared.cssParts.map(({ name }) => name);
    assert.deepEqual(parts.filter((part) => !listed.includes(part)), []);
    assert.deepEqual(declared.cssProperties.length, 7);
    await world.page.addStyleTag({ content: `${tag} { --credit-paper: rgb(1, 2, 3); --credit-ink: rgb(250, 251, 252); --credit-font: monospace; }` });
    const look = await world.page.locator(tag).evaluate((element) => {
      const { backgroundColor, color, fontFamily } = getComputedStyle(element.shadowRoot.querySelector("div .look"));
      return [backgroundColor, color, fontFamily];
    });
    assert.deepEqual(look, ["rgb(1, 2, 3)", "rgb(250, 251, 252)", "monospace"]);
  });

  check("the fallback is seen until the element is ready, and not after", async (world) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await world.page.route("**/*_bg.wasm", async (route) => { await held; await route.continue(); });
    await world.place([[tag, good, FALLBACK]]);
    await world.state(tag, "loading");
    await world.sees(tag, FALLBACK);
    release();
    await world.state(tag, "ready");
    await world.sees(tag, seen);
    assert.ok(!(await world.seen(tag)).includes(FALLBACK));
  });

  for (const [what, attributes, down] of [["hidden", { hidden: "" }, 0], ["far off", {}, 9000]]) {
    check(`what is ${what} loads nothing before it is seen`, async (world) => {
      const asked = () => world.requests.filter((url) => /\.wasm$|\/v1\/(?!credit\.js)|\.well-known/.test(url));
      await world.place([[tag, { ...good, ...attributes }]], { down });
      await world.state(tag, "loading");
      // By then an observer has told of all that is near.
      await world.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      assert.deepEqual(asked(), []);
      await world.page.locator(tag).evaluate((element) => {
        element.removeAttribute("hidden");
        element.scrollIntoView();
      });
      await world.sees(tag, seen);
      assert.ok(asked().length > 0);
    });
  }

  check("a bad attribute is named in the element and in the event", async (world) => {
    for (const [attributes, name] of [[{ ...good, lang: "fr" }, "lang"], [{ ...good, size: "huge" }, "size"], [{ ...good, ...bad }, named]]) {
      await world.place([[tag, attributes]]);
      await world.state(tag, "error");
      await world.sees(tag, name);
      const [error] = await world.events("credit-error");
      assert.equal(error.detail.code, "attribute");
      assert.ok(error.detail.message.includes(name));
      assert.equal(await world.attribute(tag, "trust"), null);
    }
  });

  check("attributes can change, also from bad to good", async (world) => {
    await world.place([[tag, { ...good, ...bad }]]);
    await world.state(tag, "error");
    const set = (attributes) => world.page.locator(tag).evaluate((element, [attributes, gone]) => {
      for (const name of gone) element.removeAttribute(name);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }, [attributes, Object.keys(bad)]);
    await set(good);
    await world.state(tag, "ready");
    await world.sees(tag, seen);
    await set(change);
    await world.sees(tag, seenAfter);
    assert.ok(!(await world.seen(tag)).includes(seen));
  });

  check("can be moved, taken out and put back", async (world) => {
    await world.place([[tag, good]]);
    await world.sees(tag, seen);
    const kept = await world.page.locator(tag).evaluate(async (element) => {
      const before = element.shadowRoot.querySelector("div").firstElementChild;
      const aside = document.createElement("section");
      document.querySelector("main").append(aside);
      aside.append(element);
      await new Promise((resolve) => setTimeout(resolve));
      return before !== null && before === element.shadowRoot.querySelector("div").firstElementChild;
    });
    assert.ok(kept, "a move built everything anew");
    const sheets = () => world.page.locator(tag).evaluate((element) => element.shadowRoot.adoptedStyleSheets.length);
    const before = await sheets();
    assert.ok(before > 1);
    for (let round = 0; round < 5; round += 1) {
      const left = await world.page.locator(tag).evaluate(async (element) => {
        const parent = element.parentNode;
        element.remove();
        await new Promise((resolve) => setTimeout(resolve));
        const left = element.shadowRoot.querySelector("div").childNodes.length;
        parent.append(element);
        return left;
      });
      assert.equal(left, 0, "something was left of an element that was taken out");
      await world.sees(tag, seen);
    }
    assert.equal(await sheets(), before, "style sheets pile up");
  });

  check("two on a page do not disturb each other", async (world) => {
    await world.place([[tag, good], [tag, { ...good, ...change }]]);
    await world.sees(tag, seen, 0);
    await world.sees(tag, seenAfter, 1);
    const cards = world.requests.filter((url) => url.includes("/v1/cards?"));
    const asksForCards = ["credit-badge", "credit-card"].includes(tag);
    assert.equal(cards.length, asksForCards ? 1 : 0, "one request for both cards");
    assert.equal(world.requests.filter((url) => /\/(badge|check|district|report|subject)_bg.wasm$/.test(url)).length, 1);
  });

  check("speaks English when asked to", async (world) => {
    await world.place([[tag, { ...good, lang: "en" }]]);
    await world.state(tag, "ready");
    await world.sees(tag, english);
  });

  check("a closed shadow root is closed", async (world) => {
    await world.page.addInitScript(() => {
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) {
        const root = attach.call(this, init);
        if (init.mode === "closed") window.closedRoot = root;
        return root;
      };
    });
    await world.place([[tag, { ...good, shadow: "closed" }]]);
    await world.state(tag, "ready");
    assert.equal(await world.page.locator(tag).evaluate((element) => element.shadowRoot), null);
    await world.page.waitForFunction((seen) => window.closedRoot?.querySelector("div").innerText.includes(seen), seen);
  });

  check("the keyboard gets in", async (world) => {
    await world.place([[tag, good]]);
    await world.sees(tag, seen);
    // The code with its link comes after the rest.
    if (late) await world.page.locator(`${tag} ${late}`).waitFor({ state: "attached" });
    await world.page.keyboard.press("Tab");
    const focused = await world.page.evaluate(() => [document.activeElement.localName, document.activeElement.shadowRoot?.activeElement?.tagName]);
    assert.deepEqual(focused, [tag, tabs]);
  });

  check("axe finds nothing in any theme", async (world) => {
    for (const attributes of [{}, { theme: "dark" }, { theme: "contrast" }, { size: "large", lang: "en" }]) {
      await world.place([[tag, { ...good, ...attributes }]], { lang: attributes.lang });
      await world.state(tag, "ready");
      await world.sees(tag, attributes.lang === "en" ? english : seen);
      await accessible(world.page, "main");
    }
  });
}
