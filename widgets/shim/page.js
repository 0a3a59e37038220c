// @ts-check
// What all parts of the shim know of the page that they are in.

/** What a bundle's glue makes of its code: `tell`, or what else it exports.
 * @typedef {any} Exports
 * @typedef {(module: WebAssembly.Module, guard: (exports: any) => any) => Promise<Exports>} Make
 */

/** What the loader knows of the server and of itself.
 * @typedef {object} Home
 * @property {string} version
 * @property {string} api
 * @property {string} roots
 * @property {string} margin how far outside of the window an element is near
 * @property {(element: Element) => boolean} isNear whether it is from the beginning; says so once
 * @property {(bundle: string) => Promise<[Make, WebAssembly.Module]> | undefined} bring nothing where the page forbids WebAssembly
 * @property {(file: string) => Promise<string>} style the text of a style sheet
 * @property {(url: string, init: RequestInit, timeout: number) => Promise<{status: number, text: string, retryAfter: number}>} ask
 */

/** @type {Home} */ export let home;

/** @param {Home} loader */
export function come(loader) {
  home = loader;
}

/** What there is to know of an element.
 * @typedef {{tag: string, bundle: string, domain: string, style: string, observed: string[]}} Spec */

/** Elements at work, by number. @type {Map<number, import("./work.js").Work>} */
export const atWork = new Map();

// What the page might have replaced by the time that it is needed. Libraries and
// sites put helpers of their own in place of append, remove, entries and whatever
// else was once missing, so that only what every browser always had is used here:
// appendChild, removeChild, textContent, loops.
export const { attachShadow, getAttribute, setAttribute, removeAttribute } = Element.prototype;
/** @param {Element} e @param {string} n */
export const read = (e, n) => getAttribute.call(e, n);

/** The time on this device. */
export const milliseconds = () => Date.now();

/** Style sheets by text, parsed once a page. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** @param {ShadowRoot} root @param {string} css */
export function style(root, css) {
  if (!("adoptedStyleSheets" in root)) {
    // Safari before 16.4. A strict CSP refuses it, and then the element is
    // plain but readable.
    const element = document.createElement("style");
    element.textContent = css;
    /** @type {ShadowRoot} */ (root).appendChild(element);
    return;
  }
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
}
