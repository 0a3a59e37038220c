// @ts-check
// What the Rust side may do: the functions that crates/credit-element,
// crates/credit-client and the panels import. Elements and instances go by number.
import { AGAIN, ANSWERED, TICK, TOLD } from "./calls.js";
import { instances, load } from "./instances.js";
import { atWork, home, milliseconds, read, removeAttribute, setAttribute } from "./page.js";

/** @typedef {import("./work.js").Work} Work */

export { milliseconds };

const SVG = "http://www.w3.org/2000/svg";

/** @param {number} id @param {"state" | "trust"} name @param {string | undefined} value */
export function reflect(id, name, value) {
  const work = atWork.get(id);
  if (!work) return;
  if (value) setAttribute.call(work.element, name, value);
  else removeAttribute.call(work.element, name);
  if (name === "state") work.show(/** @type {string} */ (value));
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
      void import("./extras.js").then(({ drawQr }) => drawQr(load, drawn, rest)).catch(() => drawn.parentNode?.removeChild(drawn));
    } else if (step === "=") {
      setAttribute.call(at, first, more);
      // Browsers without it read codes from files and pasted text.
      if (more === "camera" && !("BarcodeDetector" in globalThis)) at.hidden = true;
    } else if (step === "'") at.appendChild(document.createTextNode(rest));
    else at = at.parentNode;
  }
  const place = into ? work.mount.querySelector(`.${into}`) : work.mount;
  if (!place) return;
  place.textContent = "";
  place.appendChild(built);
}

/** Tells the Rust side what a visitor did. @param {Work} work @param {Event} event */
export async function tell(work, { target, type }) {
  // Not `closest`: those of old libraries find nothing in a shadow root.
  /** @type {any} */ let from = target;
  // What was touched may be gone by now.
  while (from && from !== work.mount && read(from, "data-tells") === null) from = from.parentElement;
  if (!from || from === work.mount) return;
  const { said } = await import("./extras.js");
  const value = await said(from, type);
  if (value !== undefined && atWork.has(work.id)) work.instance.tell(TOLD, work.id, `${read(from, "data-tells")}\0${value}`);
}

/** Where an element is shown. @param {number} id */
export const mountOf = (id) => /** @type {Work} */ (atWork.get(id)).mount;

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

/** @param {Element} element @param {string} event @param {string} names @param {string[]} values */
export function send(element, event, names, values) {
  /** @type {Record<string, string>} */ const detail = {};
  let index = 0;
  for (const name of names ? names.split(" ") : []) detail[name] = values[index++];
  element.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail }));
}

/** Ways of a request: `Way` in crates/credit-client. */
const FRESH = 1;
const OWN = 2;

/** Sends a request and tells the instance what came of it: the status, or a number
 * below 0; -4 is too long.
 * @param {number} instance @param {number} ticket @param {string} url @param {number} way
 * @param {string} lang @param {string | undefined} body @param {number} timeout @param {number} limit */
export async function ask(instance, ticket, url, way, lang, body, timeout, limit) {
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
  instances[instance].tell(ANSWERED, ticket, fits ? text : "", fits ? status : -4, retryAfter);
}

/** @param {number} instance @param {boolean} hasTurn whether the page has its turn before */
export function later(instance, hasTurn) {
  (hasTurn ? setTimeout : queueMicrotask)(() => instances[instance].tell(TICK));
}

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
  for (const instance of instances) if (instance.exports?.tell) instance.tell(AGAIN);
}
setInterval(again, 60_000);
document.addEventListener("visibilitychange", again);
