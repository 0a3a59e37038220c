// @ts-check
// The one base class of all elements. What can be decided without a browser is
// decided in Rust; here are only the things that Rust cannot be: a class that
// extends HTMLElement, a shadow root, an observer, a dynamic import.

const COMMON = ["api", "lang", "theme", "size", "shadow"];

// What the page might have replaced by the time that it is needed.
const { attachShadow, getAttribute, setAttribute, removeAttribute } = Element.prototype;
/** @param {Element} e @param {string} n */
const read = (e, n) => getAttribute.call(e, n);

/** What a visitor reads when nothing can run and the page has no fallback. */
const BLOCKED = {
  zh: "此页面的安全设置不允许运行信用组件。",
  en: "This page's security policy does not let credit widgets run.",
};
const BROKEN = {
  zh: "信用组件未能加载，请稍后重试。",
  en: "The credit widget could not be loaded. Please try again later.",
};
const LOADING = { zh: "正在查询信用信息…", en: "Asking for credit information…" };

/** How long a visitor waits without being told, in milliseconds. */
const PATIENCE = 200;

const BASE_STYLE = `
:host { display: block; min-width: 0; }
:host([hidden]) { display: none !important; }
:host(credit-badge) { display: inline-block; vertical-align: middle; max-width: 100%; }
.note { margin: 0; font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
[hidden] { display: none !important; }
`;

/** Style sheets by text, parsed once a page. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** @param {ShadowRoot} root @param {string} css */
function style(root, css) {
  if (!("adoptedStyleSheets" in root)) {
    // Safari before 16.4. A strict CSP refuses it, and then the element is
    // plain but readable.
    const element = document.createElement("style");
    element.textContent = css;
    /** @type {ShadowRoot} */ (root).append(element);
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

/** What a bundle exports.
 * @typedef {object} Glue
 * @property {(module: WebAssembly.Module) => Promise<unknown>} default
 * @property {(bundle: number) => void} begin
 * @property {(ticket: number, status: number, text: string, retryAfter: number) => void} answered
 * @property {() => void} tick
 * @property {(element: number, tag: string, api: string, roots: string, attributes: string, mount: Element) => void} start
 * @property {(element: number, attributes: string) => void} update
 * @property {(element: number) => void} destroy
 * @property {(() => void) | undefined} again
 * @property {((api: string, attributes: string) => void) | undefined} expect
 * @property {((element: number, name: string, value: string) => void) | undefined} told
 */

/** What the loader knows of the server and of itself.
 * @typedef {object} Home
 * @property {RequestInit} open how everything of ours is asked for
 * @property {string} api
 * @property {string} roots
 * @property {string} margin how far outside of the window an element is near
 * @property {(element: Element) => boolean} isNear whether it is from the beginning; says so once
 * @property {(bundle: string) => Promise<[Glue, WebAssembly.Module]> | undefined} bring nothing where the page forbids WebAssembly
 * @property {(url: string, init: RequestInit, timeout: number) => Promise<{status: number, text: string, retryAfter: number}>} ask
 */

/** @type {Home} */ let home;

/** Bundles by name: compiled once, one instance for all elements of a kind.
 * @type {Map<string, Promise<Glue>>} */
const bundles = new Map();

/** The same by the number that a bundle is told at its beginning. @type {Glue[]} */
const begun = [];

/** @param {string} name */
function load(name) {
  let bundle = bundles.get(name);
  if (!bundle) {
    bundle = instantiate(name);
    bundles.set(name, bundle);
    // A failure is not kept: an element that is added later may try again.
    bundle.catch(() => bundles.delete(name));
  }
  return bundle;
}

/** Thrown when the page, and not the network, is what keeps us from running. */
const FORBIDDEN = new Error("this page forbids WebAssembly");

/** @param {string} name */
async function instantiate(name) {
  const coming = home.bring(name);
  if (!coming) throw FORBIDDEN;
  // A browser takes some milliseconds to open the storage: meanwhile.
  recall("");
  const [glue, module] = await coming;
  await glue.default(module);
  if (glue.begin) glue.begin(begun.push(glue) - 1);
  return glue;
}

/** Elements that have not come near the viewport yet. @type {Set<CreditElement>} */
const waiting = new Set();
/** @type {IntersectionObserver} */ let observer;

// What follows is what the Rust side may do: the functions that
// crates/credit-element and crates/credit-client import. Elements and bundles
// go by number.

/** Elements at work. @type {Map<number, { element: HTMLElement, root: ShadowRoot, mount: Element, glue: Glue, painted: Map<string, string>, shows: (state: string) => void }>} */
const atWork = new Map();
let last = 0;

const SVG = "http://www.w3.org/2000/svg";

/** @param {number} id @param {"state" | "trust"} name @param {string | undefined} value */
export function reflect(id, name, value) {
  const work = atWork.get(id);
  if (!work) return;
  if (value) setAttribute.call(work.element, name, value);
  else removeAttribute.call(work.element, name);
  if (name === "state") work.shows(/** @type {string} */ (value));
}

/** Builds what crates/credit-element/src/paint.rs lists. No array is on the way:
 * a page that replaced their methods could put other words in.
 * @param {number} id @param {string} list @param {string} into class of the part; none is all of it */
export function paint(id, list, into) {
  const work = atWork.get(id);
  // What has not changed stays, with the focus in it.
  if (!work || work.painted.get(into) === list) return;
  if (!into) work.painted.clear();
  work.painted.set(into, list);
  const built = document.createDocumentFragment();
  /** @type {any} */ let at = built;
  for (let from = 0, end = 0; from < list.length; from = end + 1) {
    end = list.indexOf("\n", from);
    const step = list[from];
    const rest = list.slice(from + 1, end);
    const gap = (rest + " ").indexOf(" ");
    const first = rest.slice(0, gap);
    const more = rest.slice(gap + 1);
    if (step === "<") {
      const drawn = first === "svg" || at.namespaceURI === SVG;
      const element = drawn ? document.createElementNS(SVG, first) : document.createElement(first);
      if (more) {
        setAttribute.call(element, "class", more);
        setAttribute.call(element, "part", more);
      }
      at = at.appendChild(element);
    } else if (step === "#") {
      const drawn = at;
      void import("./extras.js").then(({ drawQr }) => drawQr(load, drawn, rest)).catch(() => drawn.remove());
    } else if (step === "=") {
      setAttribute.call(at, first, more);
      // Browsers without it read codes from files and pasted text.
      if (more === "camera" && !("BarcodeDetector" in globalThis)) at.hidden = true;
    } else if (step === "'") at.appendChild(document.createTextNode(rest));
    else at = at.parentNode;
  }
  (into ? work.mount.querySelector(`.${into}`) : work.mount)?.replaceChildren(built);
}

/** Tells the Rust side what a visitor did. @param {number} id @param {Event} event */
async function tell(id, { target, type }) {
  const from = target instanceof Element ? target.closest("[data-tells]") : null;
  const work = atWork.get(id);
  if (!from || !work?.glue.told) return;
  const { said } = await import("./extras.js");
  const value = await said(from, type);
  if (value !== undefined && atWork.has(id)) work.glue.told(id, /** @type {string} */ (read(from, "data-tells")), value);
}

/** @param {number} id @param {string} css rules, or the name of a file with them */
export async function dress(id, css) {
  const work = atWork.get(id);
  if (!work) return;
  if (css.endsWith(".css")) {
    // Without it a card is plain but readable.
    css = await fetch(new URL(css, import.meta.url), home.open).then((response) => (response.ok ? response.text() : ""), () => "");
  }
  style(work.root, css);
}

/** @param {string} name */
export function recall(name) {
  try {
    return localStorage.getItem(`credit:${name}`) ?? undefined;
  } catch {
    return undefined; // storage is blocked
  }
}

/** @param {string} name @param {string | undefined} value */
export function remember(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(`credit:${name}`);
    else localStorage.setItem(`credit:${name}`, value);
  } catch {
    // blocked, or full
  }
}

/** @param {number} id @param {string} event @param {string} names @param {string[]} values */
export function emit(id, event, names, ...values) {
  const work = atWork.get(id);
  if (work) send(work.element, event, names, values);
}

/** @param {HTMLElement} element @param {string} event @param {string} names @param {string[]} values */
function send(element, event, names, values) {
  /** @type {Record<string, string>} */ const detail = {};
  for (const [index, name] of (names ? names.split(" ") : []).entries()) detail[name] = values[index];
  element.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail }));
}

/** Ways of a request: `Way` in crates/credit-client. */
const FRESH = 1;
const OWN = 2;

/** Sends a request and tells the bundle what came of it: the status, or a number
 * below 0; -4 is too long.
 * @param {number} bundle @param {number} ticket @param {string} url @param {number} way
 * @param {string} lang @param {string | undefined} body @param {number} timeout @param {number} limit */
export async function ask(bundle, ticket, url, way, lang, body, timeout, limit) {
  const own = way === OWN;
  /** @type {Record<string, string>} */ const headers = {};
  if (lang) headers["accept-language"] = lang;
  if (body !== undefined) headers["content-type"] = "application/json";
  const { status, text, retryAfter } = await home.ask(
    url,
    {
      method: body === undefined ? "GET" : "POST",
      body,
      headers,
      cache: way === FRESH ? "no-cache" : "default",
      // A browser refuses any other origin, also where a redirect leads to one.
      // Without any referrer it sends `Origin: null`, and the server could not
      // tell its own page from a stranger's.
      ...(own && { mode: "same-origin", credentials: "same-origin", referrerPolicy: "strict-origin" }),
    },
    timeout,
  );
  // Before it is copied into memory that all elements share.
  const fits = text.length <= limit;
  begun[bundle].answered(ticket, fits ? status : -4, fits ? text : "", retryAfter);
}

/** @param {number} bundle @param {boolean} hasTurn whether the page has its turn before */
export function later(bundle, hasTurn) {
  (hasTurn ? setTimeout : queueMicrotask)(() => begun[bundle].tick());
}

/** The time on this device. */
export const milliseconds = () => Date.now();

/** How long a status list is good, in milliseconds: `STATUS_TTL_SECONDS`. */
const STATUS_TTL = 300_000;
let checked = milliseconds();

/** Has what is shown checked again, where somebody can see it. */
function again() {
  const passed = milliseconds() - checked;
  // A clock that was set back says nothing of how long it is; and an interval is
  // not so exact that its fifth turn would always be five of it later.
  if (document.hidden || (passed >= 0 && passed < STATUS_TTL - 1000)) return;
  checked += passed;
  for (const glue of begun) glue.again?.();
}
setInterval(again, 60_000);
document.addEventListener("visibilitychange", again);

class CreditElement extends HTMLElement {
  /** @type {any} */ static spec;
  /** @type {ShadowRoot | undefined} */ #root;
  /** @type {HTMLElement | undefined} */ #mount;
  /** @type {HTMLSlotElement | undefined} */ #fallback;
  /** @type {HTMLElement | undefined} */ #note;
  /** Number at work. */ #id = 0;
  /** @type {Glue | undefined} */ #glue;
  #changed = false;
  #starting = false;
  #announced = false;

  connectedCallback() {
    if (this.#glue || this.#starting) return; // moved within one task
    this.#prepare();
    // A clone, or markup from elsewhere, may claim what nobody has checked.
    removeAttribute.call(this, "trust");
    setAttribute.call(this, "state", "loading");
    if (this.#note) this.#note.textContent = ""; // it may say what failed before
    // Not for the moment that it mostly takes: a flash of text disturbs, and costs
    // the browser a frame.
    setTimeout(() => {
      if (this.#note && read(this, "state") === "loading") this.#note.textContent = this.#say(LOADING);
    }, PATIENCE);
    waiting.add(this);
    // The observer comes a frame later.
    if (home.isNear(this)) void this.#start();
    else observer.observe(this);
  }

  disconnectedCallback() {
    // A move takes an element out and puts it back in one task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      observer.unobserve(this);
      waiting.delete(this);
      this.#starting = false;
      this.#glue?.destroy(this.#id);
      this.#glue = undefined;
      atWork.delete(this.#id);
      removeAttribute.call(this, "trust");
      this.#mount?.replaceChildren();
      if (this.#mount) this.#show("loading");
    });
  }

  attributeChangedCallback() {
    if (!this.#glue || this.#changed) return;
    // Frameworks set attributes one by one; they are taken together.
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      this.#glue?.update(this.#id, this.#attributes());
    });
  }

  #prepare() {
    if (this.#root) return;
    const mode = read(this, "shadow") === "closed" ? "closed" : "open";
    const root = attachShadow.call(this, { mode });
    style(root, BASE_STYLE);
    this.#note = document.createElement("p");
    this.#note.className = "note";
    this.#fallback = document.createElement("slot");
    this.#fallback.append(this.#note); // seen when the page gives no fallback
    this.#mount = document.createElement("div");
    this.#mount.hidden = true;
    for (const event of ["click", "change"]) this.#mount.addEventListener(event, (happened) => void tell(this.#id, happened));
    root.append(this.#fallback, this.#mount);
    this.#root = root;
  }

  /** @param {string} state */
  #show(state) {
    if (!this.#mount || !this.#fallback) return;
    // Once something is shown it stays until something better is there.
    const showing = !this.#mount.hidden;
    this.#mount.hidden = state === "none" || (state === "loading" && !(showing && this.#glue));
    this.#fallback.hidden = !this.#mount.hidden && !(state === "error" && this.#hasFallback());
  }

  #hasFallback() {
    return this.childElementCount > 0 || Boolean(this.textContent?.trim());
  }

  /** @param {CreditElement} element */
  static arrived(element) {
    element.#start();
  }

  async #start() {
    observer.unobserve(this);
    waiting.delete(this);
    if (this.#glue || this.#starting || !this.isConnected) return;
    this.#starting = true;
    const { bundle, tag } = this.#spec();
    try {
      const glue = await load(bundle);
      // Gone, or gone and come back, while the bundle was on its way.
      if (!this.#starting || !this.isConnected || this.#glue || !this.#root || !this.#mount) return;
      const id = ++last;
      atWork.set(id, { element: this, root: this.#root, mount: this.#mount, glue, painted: new Map(), shows: (state) => this.#show(state) });
      [this.#id, this.#glue] = [id, glue];
      const attributes = this.#attributes();
      glue.start(id, tag, home.api, home.roots, attributes, this.#mount);
      // What others will want goes in the same request.
      for (const other of waiting) other.#announce(glue, bundle);
      // A listener may have changed something on the way.
      const now = this.#attributes();
      if (now !== attributes && this.#id === id) glue.update(id, now);
    } catch (error) {
      const forbidden = error === FORBIDDEN;
      const text = forbidden ? BLOCKED : BROKEN;
      if (this.#note) this.#note.textContent = this.#say(text);
      removeAttribute.call(this, "trust");
      setAttribute.call(this, "state", forbidden ? "blocked" : "error");
      this.#show("none"); // nothing of ours can be shown: the fallback is
      send(this, "credit-error", "code message", [forbidden ? "csp-wasm" : "load", this.#say(text)]);
    } finally {
      this.#starting = false;
    }
  }

  /** @param {Glue} glue @param {string} bundle */
  #announce(glue, bundle) {
    if (this.#announced || this.#spec().bundle !== bundle) return;
    this.#announced = true;
    glue.expect?.(home.api, this.#attributes());
  }

  /** @returns {{tag: string, bundle: string, observed: string[]}} */
  #spec() {
    return /** @type {typeof CreditElement} */ (this.constructor).spec;
  }

  /** Names and values in turn, a NUL behind each. */
  #attributes() {
    let flat = "";
    for (const name of this.#spec().observed) {
      const value = read(this, name);
      if (value !== null) flat += `${name}\0${value.replace(/\0/g, " ")}\0`;
    }
    return flat;
  }

  /** @param {{zh: string, en: string}} text */
  #say(text) {
    return read(this, "lang") === "en" ? text.en : text.zh;
  }
}

/** Defines each element unless the page already has one of that name.
 * @param {Record<string, [string, string[]]>} elements bundle and attributes by tag
 * @param {Home} loader */
export function define(elements, loader) {
  home ??= loader;
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) CreditElement.arrived(/** @type {CreditElement} */ (target));
      }
    },
    { rootMargin: home.margin },
  );
  for (const [tag, [bundle, attributes]] of Object.entries(elements)) {
    if (customElements.get(tag)) continue;
    const observed = [...attributes, ...COMMON];
    customElements.define(
      tag,
      class extends CreditElement {
        static spec = { tag, bundle, observed };
        static observedAttributes = observed;
      },
    );
  }
}
