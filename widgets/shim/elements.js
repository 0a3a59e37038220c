// @ts-check
/** Each element: its bundle, what it fails together with, a style that it needs
 * beside the bundle's, if any, and its attributes beside the common ones. As one
 * text, because every page fetches it. The Rust definitions say the same
 * (tests/tests/tidy.rs).
 * @type {Record<string, string>} */
export const ELEMENTS = {
  "credit-badge": "badge badge - code issuer",
  "credit-card": "badge badge card.css code issuer",
  "credit-verify": "badge verify card.css token issuer",
  "credit-report": "report report - code share issuer",
  "credit-query": "subject query - q code link issuer",
  "credit-wall": "district wall - area mode issuer",
  "credit-list": "district list - list",
  "credit-perks": "subject perks - code",
  "credit-inspect": "district inspect - code unit scheme",
  "credit-trace": "district trace - trace issuer",
  "credit-check": "check check - dataset",
  "credit-self": "subject self -",
};
