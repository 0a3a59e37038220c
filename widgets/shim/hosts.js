// @ts-check
// Beside a page that is a Yew app itself. Every Yew numbers its roots from 1 and
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
