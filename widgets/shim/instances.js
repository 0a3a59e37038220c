// @ts-check
// Bundles, and their instances: what fails together.
import { BEGIN } from "./calls.js";
import { recall } from "./host.js";
import { atWork, home } from "./page.js";

/** @typedef {import("./page.js").Make} Make */
/** @typedef {import("./page.js").Exports} Exports */

/** Bundles by name, fetched and compiled once.
 * @type {Map<string, Promise<[Make, WebAssembly.Module]>>} */
const bundles = new Map();

/** A bundle at work for a part of the page: when it fails, the others do not.
 * @typedef {{number: number, isDead: boolean, tell: (what: number, number?: number, text?: string, status?: number, more?: number) => void, exports: Exports}} Instance */

/** All that have begun, by number. @type {Instance[]} */
export const instances = [];
/** Those at work, by what they are for. @type {Map<string, Promise<Instance>>} */
const domains = new Map();

/** Thrown when the page, and not the network, is what keeps us from running. */
export const FORBIDDEN = new Error("this page forbids WebAssembly");

/** What is kept under that name, or what comes of making it. A failure is not kept:
 * an element that is added later may try again.
 * @template T @param {Map<string, Promise<T>>} kept @param {string} name
 * @param {() => Promise<T>} make */
export function once(kept, name, make) {
  let coming = kept.get(name);
  if (!coming) {
    kept.set(name, (coming = make()));
    coming.catch(() => kept.delete(name));
  }
  return coming;
}

/** Glue and code of a bundle. @param {string} bundle */
export const bring = (bundle) => once(bundles, bundle, async () => home.bring(bundle) ?? Promise.reject(FORBIDDEN));

/** @param {string} bundle @param {string} domain */
export const load = (bundle, domain) => once(domains, domain, () => instantiate(bundle, domain));

/** @param {string} bundle @param {string} domain */
async function instantiate(bundle, domain) {
  const brought = bring(bundle);
  // A browser takes some milliseconds to open the storage: meanwhile.
  recall("");
  const [make, module] = await brought;
  /** @type {Instance} */
  const instance = {
    number: instances.length,
    isDead: false,
    exports: undefined,
    tell: (what, number = 0, text = "", status = 0, more = 0) => {
      if (!instance.isDead) instance.exports.tell(what, number, text, status, more);
    },
  };
  instances.push(instance);
  instance.exports = await make(module, (exports) => guarded(exports, instance, domain));
  if (instance.exports.tell) instance.tell(BEGIN, instance.number);
  return instance;
}

/** The functions of an instance, none of which is called any more once an exception
 * has come out of one: what it was doing is half done.
 * @param {any} exports @param {Instance} instance @param {string} domain */
function guarded(exports, instance, domain) {
  /** @type {any} */ const all = Object.create(null);
  let depth = 0;
  for (const name in exports) {
    const it = exports[name];
    all[name] = typeof it !== "function" ? it : (/** @type {any[]} */ ...given) => {
      if (instance.isDead) return undefined;
      depth += 1;
      try {
        return it(...given);
      } catch (error) {
        if (!instance.isDead) {
          instance.isDead = true;
          instance.exports = undefined; // and with it its memory
          domains.delete(domain);
          queueMicrotask(() => atWork.forEach((work) => work.instance === instance && work.revive()));
        }
        // Further out are frames of its own.
        if (depth > 1) throw error;
        return undefined;
      } finally {
        depth -= 1;
      }
    };
  }
  return all;
}
