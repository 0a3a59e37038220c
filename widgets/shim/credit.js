// @ts-check
// The loader. A page needs nothing but
//   <script type="module" src="https://…/embed/v1/credit.js"></script>
// It defines the elements. Each fetches its bundle when it comes near the viewport;
// for those that are near from the beginning it is fetched here, ahead of them.
import { ELEMENTS } from "./elements.js";
import { allowed, compile, fetchText, text } from "./network.js";

/** How far outside of the window an element is near, in CSS pixels. */
const NEAR = 400;

// The server writes it in front of this: the folder of the current release, the
// digests of its code by bundle, and the issuer roots that its widgets pin.
/** @type {{release: string, sums: Record<string, string>, roots: string[]}} */
// @ts-ignore
const { release, sums, roots } = BAKED;
const folder = new URL(`../${release}/`, import.meta.url).href;
// `/embed/v1/credit.js` lies two folders below the server's base address.
const api = new URL("../..", import.meta.url).href.replace(/\/$/, "");

const base = import(`${folder}element.js`);

/** @typedef {[any, WebAssembly.Module]} Brought glue and code of a bundle */
/** @typedef {import("./network.js").Told} Told */

/** @param {string} name @returns {Promise<Brought>} */
async function fetchBundle(name) {
  // The larger one first.
  const module = compile(`${folder}${name}_bg.wasm`, sums[name]);
  const glue = import(`${folder}${name}.js`);
  return Promise.all([glue.then(({ default: make }) => make), module]);
}

// What the elements that are near from the beginning will want is on its way
// beside the base class and not after it: bundles by name, texts by address. Pages
// put things of theirs into the prototype of all objects.
/** @type {Record<string, Promise<Brought> | undefined>} */ const bundles = Object.create(null);
/** @type {Record<string, Promise<Told> | undefined>} */ let texts = Object.create(null);
const near = new WeakSet();

/** What is on its way by that name, once: who comes later may try again.
 * @template T @param {Record<string, T | undefined>} things @param {string} name */
function take(things, name) {
  const thing = things[name];
  things[name] = undefined;
  return thing;
}

/** Asks as `credit-client` does. @param {string} path @param {RequestCache} cache */
function hint(path, cache) {
  const url = api + path;
  const told = (texts[url] = fetchText(url, { cache }, 10_000));
  // That it failed is only for those who wait for it.
  void told.then(({ status }) => { if (status < 0) take(texts, url); });
}
// Who asks much later wants what is so by then.
setTimeout(() => { texts = Object.create(null); }, 30_000);

const found = document.querySelectorAll(Object.keys(ELEMENTS).join());
// Where nobody looks yet, and in a frame, which may be far off itself, only an
// observer knows what is near.
for (const element of found.length && !document.hidden && self === top && allowed() ? found : []) {
  if (element.matches(":defined")) continue; // by another loader
  const [bundle] = ELEMENTS[element.localName].split(" ");
  const [box] = element.getClientRects(); // none where it is not displayed
  // Newer browsers know of more that hides: closed details, for one.
  // @ts-ignore
  if (!box || element.checkVisibility?.() === false || box.bottom < -NEAR || box.top > innerHeight + NEAR || box.right < -NEAR || box.left > innerWidth + NEAR) continue;
  near.add(element);
  if (bundles[bundle]) continue;
  (bundles[bundle] = fetchBundle(bundle)).catch(() => void take(bundles, bundle));
  if (bundle !== "badge" || element.hasAttribute("api")) continue;
  hint("/.well-known/keyset.jwt", "no-cache");
  hint("/v1/status/1", "no-cache");
  const code = element.getAttribute("code") ?? "";
  // Several go in one request, which the bundle makes.
  if (found.length === 1 && /^[\dA-Z]{2}\d{6}[\dA-Z]{10}$/.test(code)) hint(`/v1/cards/${code}`, "default");
}

(await base).define(ELEMENTS, {
  version: release,
  api,
  roots: roots.join(" "),
  margin: `${NEAR}px`,
  /** @param {Element} element */
  isNear: (element) => near.delete(element),
  /** @param {string} name */
  bring: (name) => take(bundles, name) ?? (allowed() ? fetchBundle(name) : undefined),
  /** @param {string} file */
  style: (file) => text(folder + file),
  /** @param {string} url @param {RequestInit} init @param {number} timeout */
  ask: (url, init, timeout) => take(texts, url) ?? fetchText(url, init, timeout),
});
