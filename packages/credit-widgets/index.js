// @ts-check
// The elements out of a bundle: what the loader does for a page that names a
// server's script, done from files that a bundler has put where it wants.
import { ELEMENTS } from "../../widgets/shim/elements.js";
import { allowed, compile, fetchText } from "../../widgets/shim/network.js";

// Written out, because bundlers find files by reading.
/** @type {Record<string, [() => Promise<any>, () => URL]>} */
const BUNDLES = {
  // @ts-ignore the build puts the files beside this one
  badge: [() => import("./badge.js"), () => new URL("./badge_bg.wasm", import.meta.url)],
  // @ts-ignore
  check: [() => import("./check.js"), () => new URL("./check_bg.wasm", import.meta.url)],
  // @ts-ignore
  checker: [() => import("./checker.js"), () => new URL("./checker_bg.wasm", import.meta.url)],
  // @ts-ignore
  subject: [() => import("./subject.js"), () => new URL("./subject_bg.wasm", import.meta.url)],
  // @ts-ignore
  district: [() => import("./district.js"), () => new URL("./district_bg.wasm", import.meta.url)],
  // @ts-ignore
  qr: [() => import("./qr.js"), () => new URL("./qr_bg.wasm", import.meta.url)],
  // @ts-ignore
  report: [() => import("./report.js"), () => new URL("./report_bg.wasm", import.meta.url)],
};
/** As text: bundlers make addresses of small files that a strict policy refuses.
 * @type {Record<string, string>} */
// @ts-ignore the build puts it in
const STYLES = { "card.css": CARD_CSS };

/** @param {string} name @returns {Promise<[any, WebAssembly.Module]>} */
async function fetchBundle(name) {
  const [glue, code] = BUNDLES[name];
  const module = compile(code());
  return Promise.all([glue().then(({ default: make }) => make), module]);
}

/** The server that the elements of this page ask. @type {string | undefined} */
let connected;

/** Defines the elements.
 * @param {{api: string, roots: string[]}} server */
export async function connect({ api, roots }) {
  const base = String(api).replace(/\/+$/, "");
  if (!/^https?:\/\/[^/?#@\s]+[^?#@\s]*$/.test(base)) throw new TypeError(`api is '${api}', allowed is the address of a server, such as https://credit.example.cn`);
  if (!Array.isArray(roots) || roots.length === 0 || !roots.every((root) => /^[\w-]{43}$/.test(root))) {
    throw new TypeError(`roots is '${roots}', allowed is a list of thumbprints of issuer roots, 43 characters each: without one nothing can be verified`);
  }
  const server = JSON.stringify([base, roots]);
  if (connected === server) return; // as frameworks do while somebody edits
  // Not before: on a server that renders pages there is no element to extend.
  // @ts-ignore
  const { define } = await import("./element.js");
  const isOurs = define(ELEMENTS, {
    // @ts-ignore the build puts it in
    version: VERSION,
    api: base,
    roots: roots.join(" "),
    margin: "400px",
    isNear: () => false,
    bring: (/** @type {string} */ name) => (allowed() ? fetchBundle(name) : undefined),
    style: async (/** @type {string} */ file) => STYLES[file],
    ask: fetchText,
  });
  if (isOurs) connected = server;
  else throw new Error("another loader of credit-widgets, as new or newer, serves this page: name api and issuer as attributes");
}
