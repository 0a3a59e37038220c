export * from "./credit_checks.js";
export { default } from "./credit_checks.js";
import type { Kind } from "./credit_checks.js";

/** A number for each line of `lines`; `describe` says what it means. 0 is right. */
export function checkLines(kind: Kind, lines: string | Uint8Array, today?: string | null): Uint16Array;
