// @ts-check
// What we are to one element of the page.
import { DESTROY, EXPECT, START, UPDATE } from "./calls.js";
import { send, tell } from "./host.js";
import { FORBIDDEN, load, once } from "./instances.js";
import { atWork, home, milliseconds, read, removeAttribute, setAttribute, style } from "./page.js";

/** @typedef {import("./instances.js").Instance} Instance */
/** @typedef {import("./page.js").Spec} Spec */

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

/** How often an element is brought back to life within a while: with all others of
 * its kind, then among few, then no more. */
const LIVES = 2;
/** That while, in milliseconds. */
const LIFE = 60_000;
/** Into how many instances those go that failed together twice. */
const FEW = 16;

/** Styles by file, fetched once. @type {Map<string, Promise<string>>} */
const styles = new Map();

/** Number of the last that came to work. */
let last = 0;

export class Work {
  id = 0;
  /** @type {Map<string, string>} */ painted = new Map();
  /** @type {any} */ instance;
  /** @type {HTMLElement} */ mount;
  /** @type {HTMLSlotElement} */ #fallback;
  /** @type {HTMLElement} */ #note;
  #isStarting = false;
  #isAnnounced = false;
  #deaths = 0;
  #died = 0;

  /** @param {Element} element @param {Spec} spec @param {ShadowRoot} root */
  constructor(element, spec, root) {
    this.element = element;
    this.spec = spec;
    this.root = root;
    root.textContent = ""; // a newer loader takes over what an older one drew
    // @ts-ignore the build puts it in: widgets/look/tokens.css and base.css
    style(root, LOOK);
    this.#note = document.createElement("p");
    this.#note.className = "note look theme-auto";
    this.#fallback = document.createElement("slot");
    this.#fallback.appendChild(this.#note); // seen when the page gives no fallback
    this.mount = document.createElement("div");
    this.mount.hidden = true;
    for (const event of ["click", "change"]) this.mount.addEventListener(event, (happened) => void tell(this, happened));
    root.appendChild(this.#fallback);
    root.appendChild(this.mount);
    changes.observe(element, { attributeFilter: spec.observed });
  }

  connected() {
    if (this.instance || this.#isStarting) return; // moved within one task
    all.add(this);
    if (milliseconds() - this.#died >= LIFE) this.#deaths = 0;
    // A clone, or markup from elsewhere, may claim what nobody has checked.
    removeAttribute.call(this.element, "trust");
    setAttribute.call(this.element, "state", "loading");
    this.#note.textContent = ""; // it may say what failed before
    // Not for the moment that it mostly takes: a flash of text disturbs, and costs
    // the browser a frame.
    setTimeout(() => {
      if (read(this.element, "state") === "loading") this.#note.textContent = this.#say(LOADING);
    }, PATIENCE);
    // The observer comes a frame later.
    if (home.isNear(this.element)) void this.start();
    else {
      waiting.add(this);
      arrivals.observe(this.element);
    }
  }

  disconnected() {
    // A move takes an element out and puts it back in one task.
    queueMicrotask(() => this.element.isConnected || this.end());
  }

  /** Nothing of it goes on. */
  end() {
    all.delete(this);
    arrivals.unobserve(this.element);
    waiting.delete(this);
    this.#isStarting = false;
    this.instance?.tell(DESTROY, this.id);
    this.#leave();
    this.mount.textContent = "";
    this.show("loading");
  }

  /** It is at work no more. */
  #leave() {
    atWork.delete(this.id);
    this.instance = undefined;
    this.painted.clear();
    removeAttribute.call(this.element, "trust");
  }

  changed() {
    if (this.instance) this.instance.tell(UPDATE, this.id, this.#attributes());
    // What could not be loaded is tried again with what is wanted now.
    else if (all.has(this) && read(this.element, "state") === "error") this.connected();
  }

  /** @param {string} state */
  show(state) {
    // Once something is shown it stays until something better is there.
    this.mount.hidden = state === "none" || (state === "loading" && (this.mount.hidden || !this.instance));
    const { element } = this;
    const hasFallback = element.childElementCount > 0 || element.textContent?.trim();
    this.#fallback.hidden = !this.mount.hidden && !(state === "error" && hasFallback);
  }

  /** Starts anew after its instance failed, with what a visitor had typed. */
  async revive() {
    const { mount } = this;
    this.#leave();
    setAttribute.call(this.element, "state", "loading");
    const now = milliseconds();
    this.#deaths = now - this.#died < LIFE ? this.#deaths + 1 : 1;
    this.#died = now;
    // Without it nothing that was typed is kept, and everything else is as good.
    const { typed } = await import("./rescue.js").catch(() => ({ typed: () => () => {} }));
    if (!all.has(this)) return;
    const restore = typed(mount);
    await this.start();
    restore();
  }

  async start() {
    arrivals.unobserve(this.element);
    waiting.delete(this);
    // Not "is it on the page": a newer loader may have taken it over.
    if (this.instance || this.#isStarting || !all.has(this)) return;
    this.#isStarting = true;
    const { bundle, domain, tag, style: file } = this.spec;
    try {
      // A bundle that cannot go on is as good as none.
      if (this.#deaths > LIVES) throw new Error("it failed too often");
      const own = ["", " again", ` ${this.id % FEW}`][this.#deaths];
      // Without its style a card is plain but readable.
      const [instance, css] = await Promise.all([load(bundle, domain + own), file !== "-" ? once(styles, file, () => home.style(file)).catch(() => "") : ""]);
      // Gone, or gone and come back, while the bundle was on its way.
      if (!this.#isStarting || !all.has(this) || this.instance) return;
      // It failed in its first moment, when nobody was at work yet.
      if (instance.isDead) return void queueMicrotask(() => this.revive());
      const id = (last += 1);
      atWork.set(id, this);
      this.id = id;
      this.instance = instance;
      for (const rules of [instance.exports.css, css]) if (rules) style(this.root, rules);
      const attributes = this.#attributes();
      instance.tell(START, id, `${tag}\0${home.api}\0${home.roots}\0${attributes}`);
      // What others will want goes in the same request.
      for (const other of waiting) other.#announce(instance, domain);
      // A listener may have changed something on the way.
      const now = this.#attributes();
      if (now !== attributes && this.id === id) this.changed();
    } catch (error) {
      if (!this.#isStarting || !all.has(this)) return;
      const forbidden = error === FORBIDDEN;
      const said = this.#say(forbidden ? BLOCKED : BROKEN);
      this.#note.textContent = said;
      removeAttribute.call(this.element, "trust");
      setAttribute.call(this.element, "state", forbidden ? "blocked" : "error");
      this.show("none"); // nothing of ours can be shown: the fallback is
      const code = forbidden ? "csp-wasm" : this.#deaths ? "crashed" : "load";
      send(this.element, "credit-error", "code message", [code, said]);
    } finally {
      this.#isStarting = false;
    }
  }

  /** @param {Instance} instance @param {string} domain */
  #announce(instance, domain) {
    if (this.#isAnnounced || this.spec.domain !== domain) return;
    this.#isAnnounced = true;
    instance.tell(EXPECT, 0, `${home.api}\0${this.#attributes()}`);
  }

  /** Names and values in turn, a NUL behind each. */
  #attributes() {
    let flat = "";
    for (const name of this.spec.observed) {
      const value = read(this.element, name);
      if (value !== null) flat += `${name}\0${value.replace(/\0/g, " ")}\0`;
    }
    return flat;
  }

  /** @param {{zh: string, en: string}} text */
  #say(text) {
    return read(this.element, "lang") === "en" ? text.en : text.zh;
  }
}

/** By element; one that left the page may come back. @type {WeakMap<Element, Work>} */
export const works = new WeakMap();
/** Those on the page. @type {Set<Work>} */
export const all = new Set();
/** Those of them that have not come near the viewport yet. @type {Set<Work>} */
const waiting = new Set();

/** Frameworks set attributes one by one; they are taken together. */
const changes = new MutationObserver((records) => {
  const changed = new Set();
  for (const { target } of records) changed.add(target);
  for (const element of changed) works.get(element)?.changed();
});

/** @type {IntersectionObserver} */ let arrivals;

/** Looks out for elements that come near. */
export function lookOut() {
  arrivals = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) void works.get(target)?.start();
    },
    { rootMargin: home.margin },
  );
}
