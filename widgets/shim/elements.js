// @ts-check
/** Each element: its bundle, what it fails together with, its attributes beside the
 * common ones, and a style that it needs beside the bundle's. The Rust definitions
 * say the same (tests/tests/tidy.rs).
 * @type {Record<string, [string, string, string[], string?]>} */
export const ELEMENTS = {
  "credit-badge": ["badge", "badge", ["code", "issuer"]],
  "credit-card": ["badge", "badge", ["code", "issuer"], "card.css"],
  "credit-verify": ["badge", "verify", ["token", "issuer"], "card.css"],
  "credit-report": ["report", "report", ["code", "share", "issuer"]],
  "credit-query": ["panels", "query", ["q", "code", "issuer"]],
  "credit-check": ["check", "check", ["dataset"]],
  "credit-self": ["panels", "self", []],
};
