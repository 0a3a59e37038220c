// @ts-check
// The base of all elements. What can be decided without a browser is decided in
// Rust; here are only the things that Rust cannot be: a class that extends
// HTMLElement, a shadow root, observers, a dynamic import, and what is left when an
// instance has failed. The build makes one script of this and what it imports.
import { attachShadow, come, read } from "./page.js";
import { Work, all, lookOut, works } from "./work.js";

export { ask, emit, later, milliseconds, mountOf, paint, recall, reflect, remember } from "./host.js";
export { bring } from "./instances.js";
export { atWork } from "./page.js";

/** @typedef {import("./page.js").Home} Home */
/** @typedef {import("./page.js").Spec} Spec */

const COMMON = ["api", "lang", "theme", "size", "shadow"];

/** By name of the element. @type {Map<string, Spec>} */
const specs = new Map();

/** What an older loader of the page made.
 * @type {{retire: (to: (element: Element) => void) => void, rootOf: (element: Element) => ShadowRoot | undefined} | undefined} */
let before;

/** The shadow root of an element, whoever gave it one; a closed one is found nowhere
 * else. @param {Element} element @returns {ShadowRoot | undefined} */
const rootOf = (element) => works.get(element)?.root ?? before?.rootOf(element);

/** @param {Element} element */
function connected(element) {
  let work = works.get(element);
  if (!work) {
    const mode = read(element, "shadow") === "closed" ? "closed" : "open";
    const spec = /** @type {Spec} */ (specs.get(element.localName));
    work = new Work(element, spec, rootOf(element) ?? attachShadow.call(element, { mode }));
    works.set(element, work);
  }
  work.connected();
}

/** Where the loaders of a page meet: several offices' scripts, or an old and a new
 * one. It holds the newest, to which every element turns. */
const HUB = Symbol.for("credit-widgets");

/** Defines the elements, and takes over those of an older loader; says whether it is
 * this loader that serves the page.
 * @param {Record<string, string>} elements what there is to know, by tag
 * @param {Home} loader */
export function define(elements, loader) {
  /** @type {any} */ const page = globalThis;
  const there = page[HUB];
  if (there && !isNewer(loader.version, there.version)) return false;
  before = there;
  come(loader);
  lookOut();
  // Pages put things of theirs into the prototype of all objects.
  for (const tag of Object.keys(elements)) {
    const [bundle, domain, style, ...attributes] = elements[tag].split(" ");
    specs.set(tag, { tag, bundle, domain, style, observed: [...attributes, ...COMMON] });
  }
  page[HUB] = {
    version: loader.version,
    connected,
    /** @param {Element} element */
    disconnected: (element) => works.get(element)?.disconnected(),
    rootOf,
    /** Hands over what is on the page. @param {typeof connected} to */
    retire: (to) => all.forEach((work) => (work.end(), work.element.isConnected && to(work.element))),
  };
  before?.retire(connected);
  for (const tag of specs.keys()) {
    if (customElements.get(tag)) continue;
    // The same whatever version defines it: the newest answers.
    customElements.define(tag, class extends HTMLElement {
      connectedCallback() {
        page[HUB].connected(this);
      }
      disconnectedCallback() {
        page[HUB].disconnected(this);
      }
    });
  }
  return true;
}

/** @param {string} one @param {string} other */
function isNewer(one, other) {
  const [a, b] = [one, other].map((version) => version.split(/[.-]/).map(Number));
  const place = [0, 1, 2].find((place) => a[place] !== b[place]);
  return place !== undefined && a[place] > b[place];
}
