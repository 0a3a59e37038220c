// The contract, part three: what stays when an element has come and gone a thousand
// times.
import assert from "node:assert/strict";
import { ELEMENTS } from "./elements.mjs";
import { test } from "./harness.mjs";

const ROUNDS = 1000;

/** What the page holds: nodes, listeners, bytes of its heap and of its modules. */
async function held(session, world) {
  for (let turn = 0; turn < 3; turn += 1) await session.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const modules = await world.page.evaluate(() => window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { nodes, listeners: jsEventListeners, heap: usedSize, modules };
}

for (const { tag, good, seen, late, prepare } of ELEMENTS) {
  test(`${tag}: a thousand that came and went leave nothing`, async (world) => {
    await prepare?.(world);
    await world.page.addInitScript(() => {
      window.memories = [];
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...given) => {
        const made = await instantiate(...given);
        for (const it of Object.values(made.exports)) if (it instanceof WebAssembly.Memory) window.memories.push(it);
        return made;
      };
    });
    await world.place([[tag, good]]);
    await world.sees(tag, seen);
    if (late) await world.page.locator(`${tag} ${late}`).waitFor({ state: "attached" });
    const rounds = (count) => world.page.evaluate(async ([tag, good, count]) => {
      const place = document.getElementById("place");
      const markup = document.createElement(tag);
      for (const [name, value] of Object.entries(good)) markup.setAttribute(name, value);
      window.events.length = 0;
      for (let round = 0; round < count; round += 1) {
        const element = markup.cloneNode();
        const settled = new Promise((resolve) => {
          for (const name of ["credit-ready", "credit-error"]) element.addEventListener(name, resolve, { once: true });
        });
        place.prepend(element);
        await settled;
        element.remove();
        await new Promise((resolve) => setTimeout(resolve));
      }
      const errors = window.events.filter(({ name }) => name === "credit-error").length;
      window.events.length = 0;
      return errors;
    }, [tag, good, count]);
    const session = await world.context.newCDPSession(world.page);
    // What the first bring along stays, and is no leak: caches, style sheets, code.
    assert.equal(await rounds(50), 0);
    const before = await held(session, world);
    assert.equal(await rounds(ROUNDS), 0);
    const after = await held(session, world);
    const grown = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name]]));
    console.error(`     ${tag}: grown by ${JSON.stringify(grown)} in ${ROUNDS} rounds, from ${JSON.stringify(before)}`);
    assert.ok(grown.nodes < 100 && grown.listeners < 100, JSON.stringify(grown));
    // 100 to 160 bytes a round were measured, which V8 keeps of code and counters.
    assert.ok(grown.heap < ROUNDS * 400, `the heap grew by ${grown.heap} bytes`);
    // Two of WebAssembly's pages, for what the first fifty did not need.
    assert.ok(grown.modules <= 2 * 65_536, `modules grew by ${grown.modules} bytes`);
  });
}
