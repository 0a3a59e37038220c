// What JavaScript may pass by mistake ends in an error that says so, not in a
// trap of the compiled code.
import * as compiled from "./credit_checks.js";

export const { describe, kinds } = compiled;

function text(name, value) {
  if (typeof value !== "string") throw new TypeError(`${name} is a string, not ${value === null ? "null" : typeof value}`);
  return value;
}

const day = (today) => (today == null ? undefined : text("today", today));

export function check(kind, input, today) {
  return compiled.check(text("kind", kind), text("text", input), day(today));
}

export function checkLines(kind, lines, today) {
  const bytes = typeof lines === "string" ? new TextEncoder().encode(lines) : lines;
  if (!(bytes instanceof Uint8Array)) throw new TypeError("lines are a string or a Uint8Array");
  return compiled.checkLines(text("kind", kind), bytes, day(today));
}
