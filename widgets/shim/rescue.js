// @ts-check
// What is left of an element whose instance failed: fetched when that happens.

/** A field by which it is found again. @param {Element} field @param {number} place */
const name = (field, place) => field.id || field.getAttribute("data-tells") || String(place);

const FIELDS = "input, textarea, select";

/** What a visitor had typed and chosen in `mount`, and where the keyboard was; as
 * a function that puts it back. Nothing of it is kept elsewhere.
 * @param {Element} mount */
export function typed(mount) {
  /** @type {Map<string, [string, boolean]>} */ const values = new Map();
  let place = 0;
  for (const field of mount.querySelectorAll(FIELDS)) {
    const { type, value, checked } = /** @type {HTMLInputElement} */ (field);
    if (type !== "file") values.set(name(field, place), [value, checked]);
    place += 1;
  }
  const root = /** @type {ShadowRoot} */ (mount.getRootNode());
  const focused = root.activeElement?.id;
  return async () => {
    // What starts anew draws in a task of its own.
    await new Promise((done) => setTimeout(done));
    place = 0;
    for (const one of mount.querySelectorAll(FIELDS)) {
      const field = /** @type {HTMLInputElement} */ (one);
      const [value, checked] = values.get(name(field, place)) ?? [field.value, field.checked];
      place += 1;
      if (field.type === "file" || (field.value === value && field.checked === checked)) continue;
      [field.value, field.checked] = [value, checked];
      for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
    }
    if (focused) root.getElementById(focused)?.focus();
  };
}
