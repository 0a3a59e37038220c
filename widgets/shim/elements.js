// @ts-check
/** Each element: its bundle, what it fails together with, and its attributes beside
 * the common ones. The Rust definitions say the same (tests/tests/tidy.rs).
 * @type {Record<string, [string, string, string[]]>} */
export const ELEMENTS = {
  "credit-badge": ["badge", "badge", ["code", "issuer"]],
  "credit-card": ["badge", "badge", ["code", "issuer"]],
  "credit-verify": ["badge", "verify", ["token", "issuer"]],
  "credit-report": ["report", "report", ["code", "share", "issuer"]],
  "credit-query": ["panels", "query", ["q", "code", "issuer"]],
  "credit-self": ["panels", "self", []],
};
