// @ts-check
// The panels and the page around them: its address, what it lets us hand on, and its
// events, where it is a Yew app itself. Every Yew numbers its roots from 1 and
// writes the numbers on nodes and events; listening while an event goes down, the
// page's app finds our nodes in the event's way, takes our root for its own, and
// calls what it has under our numbers. So we say to it that the event is a
// stranger's, and to our root, further down, that it is its own.

/** What people do with fields, buttons and lists. */
const EVENTS = [
  "beforeinput", "blur", "change", "click", "compositionend", "compositionstart", "compositionupdate", "contextmenu", "copy", "cut",
  "dblclick", "drop", "focus", "focusin", "focusout", "input", "invalid", "keydown", "keypress", "keyup", "mousedown", "mousemove",
  "mouseout", "mouseover", "mouseup", "paste", "pointercancel", "pointerdown", "pointermove", "pointerout", "pointerover", "pointerup",
  "reset", "scroll", "select", "submit", "toggle", "touchcancel", "touchend", "touchmove", "touchstart", "wheel",
];

/** A number that no root has: they count up. */
const NOBODY = 0xffff_ffff;

/** @type {WeakSet<EventTarget>} */ const mounts = new WeakSet();
let isWatching = false;

/** Yew looks at these two before it looks at the nodes.
 * @param {any} event @param {number} root */
function brand(event, root) {
  event.__yew_subtree_id = root;
  event.__yew_subtree_cache_key = event.composedPath().length;
}

/** @param {Event} event */
function hide(event) {
  for (const node of event.composedPath()) if (mounts.has(node)) return brand(event, NOBODY);
}

/** @param {Event} event */
function show(event) {
  const root = /** @type {any} */ (event.currentTarget).firstElementChild;
  if (root) brand(event, root.__yew_subtree_id);
}

/** Keeps what happens in `mount`, whose first child is a root of Yew, from the page's
 * own Yew. @param {Element} mount */
export function shield(mount) {
  if (mounts.has(mount)) return;
  mounts.add(mount);
  const options = { capture: true, passive: true };
  for (const type of EVENTS) {
    if (!isWatching) addEventListener(type, hide, options);
    mount.addEventListener(type, show, options);
  }
  isWatching = true;
}

/** What stands behind `#` in the page's address. */
export const hash = () => location.hash.slice(1);

/** Has something else stand there. Applications that find their way by the history
 * keep what they know in its state, and have put functions of their own over it.
 * @param {string} hash @param {boolean} isNew whether the back button leads to what was there before */
export function turn(hash, isNew) {
  try {
    const page = location.href.slice(0, location.href.length - location.hash.length);
    History.prototype[isNew ? "pushState" : "replaceState"].call(history, history.state, "", hash ? `${page}#${hash}` : page);
  } catch {
    // a sandbox, a page without an address, or too often
  }
}

/** Hands a link on, and tells `done` what came of it: 1 by what the device has for it, 2 by the clipboard, 0 not at
 * all, 3 is a visitor who thought better of it. At once, or browsers no longer
 * believe that a visitor wanted it.
 * @param {string} title @param {string} url @param {(outcome: number) => void} done */
export async function handOn(title, url, done) {
  done(await handed(title, url));
}

/** @param {string} title @param {string} url */
async function handed(title, url) {
  try {
    if (navigator.share) {
      await navigator.share({ title, url });
      return 1;
    }
  } catch (error) {
    if (/** @type {any} */ (error)?.name === "AbortError") return 3;
  }
  try {
    await navigator.clipboard.writeText(url);
    return 2;
  } catch {
    return 0; // http, a frame, or a visitor who forbids it
  }
}
