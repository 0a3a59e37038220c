// What a visitor does, as the actions that BiDi and WebDriver have in common.

/** Keys that have no letter. */
const KEYS = { Tab: "\uE004", Enter: "\uE007", ArrowUp: "\uE013", ArrowDown: "\uE015", Escape: "\uE00C" };

/** A word of `KEYS` is that key, anything else is typed letter by letter. */
export function keys(text) {
  const strokes = text in KEYS ? [KEYS[text]] : [...text];
  const actions = strokes.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
  return [{ type: "key", id: "keyboard", actions }];
}

/** A click into the window, in CSS pixels from its corner. */
export function click(x, y) {
  const actions = [
    { type: "pointerMove", x: Math.round(x), y: Math.round(y), duration: 0, origin: "viewport" },
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ];
  return [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }];
}
