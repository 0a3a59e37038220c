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

/** Bundles by address: compiled once, one instance for all elements of a kind.
 * @type {Map<string, Promise<{ Mount: any }>>} */
const bundles = new Map();

/** @param {string} folder @param {string} name */
function load(folder, name) {
  const script = `${folder}${name}.js`;
  let bundle = bundles.get(script);
  if (!bundle) {
    bundle = instantiate(script, `${folder}${name}_bg.wasm`);
    bundles.set(script, bundle);
    // A failure is not kept: an element that is added later may try again.
    bundle.catch(() => bundles.delete(script));
  }
  return bundle;
}

/** The eight bytes of an empty module: a page that forbids WebAssembly says so
 * before anything is fetched. */
const EMPTY = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** Thrown when the page, and not the network, is what keeps us from running. */
const FORBIDDEN = new Error("this page forbids WebAssembly");

/** @param {string} script @param {string} wasm */
async function instantiate(script, wasm) {
  try {
    new WebAssembly.Module(EMPTY);
  } catch {
    throw FORBIDDEN;
  }
  const [glue, response] = await Promise.all([
    import(script),
    fetch(wasm, { credentials: "omit", referrerPolicy: "no-referrer" }),
  ]);
  if (!response.ok) throw new Error(`${response.status} for the widget's code`);
  // Not compileStreaming: servers that do not know application/wasm are common.
  const module = await WebAssembly.compile(await response.arrayBuffer());
  await glue.default({ module_or_path: module });
  return glue;
}

/** Comes near the viewport: starts. @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      waiting.get(target)?.();
      waiting.delete(target);
    }
  },
  { rootMargin: "400px" },
);

/** What the Rust side may do to an element: `Host` in crates/credit-element. */
class Host {
  /** @param {HTMLElement} element @param {ShadowRoot} root @param {any} spec @param {(state: string) => void} shows */
  constructor(element, root, spec, shows) {
    this.api = spec.api;
    this.roots = spec.roots;
    /** @param {string} state */
    this.setState = (state) => {
      setAttribute.call(element, "state", state);
      shows(state);
    };
    /** @param {string | undefined} trust */
    this.setTrust = (trust) => {
      if (trust) setAttribute.call(element, "trust", trust);
      else removeAttribute.call(element, "trust");
    };
    /** @param {string} css */
    this.style = (css) => style(root, css);
    /** @param {string} name */
    this.recall = (name) => {
      try {
        return localStorage.getItem(`credit:${name}`) ?? undefined;
      } catch {
        return undefined; // storage is blocked
      }
    };
    /** @param {string} name @param {string} value */
    this.remember = (name, value) => {
      try {
        localStorage.setItem(`credit:${name}`, value);
      } catch {
        // blocked, or full
      }
    };
    /** @param {string} name @param {string[]} names @param {string[]} values */
    this.emit = (name, names, values) => {
      const detail = Object.fromEntries(names.map((key, index) => [key, values[index]]));
      element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    };
  }
}

class CreditElement extends HTMLElement {
  /** @type {any} */ static spec;
  /** @type {ShadowRoot | undefined} */ #root;
  /** @type {HTMLElement | undefined} */ #mount;
  /** @type {HTMLSlotElement | undefined} */ #fallback;
  /** @type {HTMLElement | undefined} */ #note;
  /** @type {any} */ #handle;
  /** @type {Host | undefined} */ #host;
  #changed = false;
  #starting = false;

  connectedCallback() {
    if (this.#handle || this.#starting) return; // moved within one task
    this.#prepare();
    // A clone, or markup from elsewhere, may claim what nobody has checked.
    removeAttribute.call(this, "trust");
    setAttribute.call(this, "state", "loading");
    if (this.#note) this.#note.textContent = this.#say(LOADING);
    waiting.set(this, () => this.#start());
    observer.observe(this);
  }

  disconnectedCallback() {
    // A move takes an element out and puts it back in one task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      observer.unobserve(this);
      waiting.delete(this);
      this.#starting = false;
      this.#handle?.destroy();
      this.#handle = undefined;
      removeAttribute.call(this, "trust");
      if (this.#mount) this.#show("loading");
    });
  }

  attributeChangedCallback() {
    if (!this.#handle || this.#changed) return;
    // Frameworks set attributes one by one; they are taken together.
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      this.#handle?.update(this.#attributes());
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
    root.append(this.#fallback, this.#mount);
    this.#root = root;
    const spec = /** @type {typeof CreditElement} */ (this.constructor).spec;
    this.#host = new Host(this, root, spec, (state) => this.#show(state));
  }

  /** @param {string} state */
  #show(state) {
    if (!this.#mount || !this.#fallback) return;
    // Once something is shown it stays until something better is there.
    const showing = !this.#mount.hidden;
    this.#mount.hidden = state === "none" || (state === "loading" && !(showing && this.#handle));
    this.#fallback.hidden = !this.#mount.hidden && !(state === "error" && this.#hasFallback());
  }

  #hasFallback() {
    return this.childElementCount > 0 || Boolean(this.textContent?.trim());
  }

  async #start() {
    if (this.#handle || this.#starting || !this.isConnected) return;
    this.#starting = true;
    const spec = /** @type {typeof CreditElement} */ (this.constructor).spec;
    try {
      const { Mount } = await load(spec.folder, spec.bundle);
      // Gone, or gone and come back, while the bundle was on its way.
      if (!this.#starting || !this.isConnected || this.#handle) return;
      const attributes = this.#attributes();
      this.#handle = new Mount(spec.tag, this.#mount, this.#host, attributes);
      // A listener may have changed something on the way.
      const now = this.#attributes();
      if (now.join("\0") !== attributes.join("\0")) this.#handle.update(now);
    } catch (error) {
      const forbidden = error === FORBIDDEN;
      const text = forbidden ? BLOCKED : BROKEN;
      if (this.#note) this.#note.textContent = this.#say(text);
      removeAttribute.call(this, "trust");
      this.#host?.setState(forbidden ? "blocked" : "error");
      this.#show("none"); // nothing of ours can be shown: the fallback is
      this.#host?.emit("credit-error", ["code", "message"], [forbidden ? "csp-wasm" : "load", this.#say(text)]);
    } finally {
      this.#starting = false;
    }
  }

  /** Names and values in turn. */
  #attributes() {
    const names = /** @type {typeof CreditElement} */ (this.constructor).spec.observed;
    return names.flatMap((/** @type {string} */ name) => {
      const value = read(this, name);
      return value === null ? [] : [name, value];
    });
  }

  /** @param {{zh: string, en: string}} text */
  #say(text) {
    return read(this, "lang") === "en" ? text.en : text.zh;
  }
}

/** Defines an element unless the page already has one of that name.
 * @param {{tag: string, bundle: string, attributes: string[], folder: string, api: string, roots: string}} spec */
export function define(spec) {
  if (customElements.get(spec.tag)) return;
  const observed = [...spec.attributes, ...COMMON];
  customElements.define(
    spec.tag,
    class extends CreditElement {
      static spec = { ...spec, observed };
      static observedAttributes = observed;
    },
  );
}
