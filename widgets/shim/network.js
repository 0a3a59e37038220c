// @ts-check
// How files and answers are asked for.

/** How everything of ours is asked for. @type {RequestInit} */
const OPEN = { credentials: "omit", referrerPolicy: "no-referrer" };

/** Whether the page lets WebAssembly run: if not, no code is fetched. It is tried
 * with the eight bytes of an empty module; WebKit compiles it and refuses to run it. */
export function allowed() {
  try {
    return Boolean(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))));
  } catch {
    return false;
  }
}

/** A file of ours. @param {string | URL} url @param {string} [integrity] */
async function file(url, integrity) {
  const response = await fetch(url, { ...OPEN, integrity });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response;
}

/** The text of a file. @param {string} url */
export const text = async (url) => (await file(url)).text();

/** The code in a file, compiled. The browser compares it with `integrity` before
 * anybody sees a byte of it.
 * @param {string | URL} wasm @param {string} [integrity] */
export async function compile(wasm, integrity) {
  // Not compileStreaming: servers that do not know application/wasm are common.
  return WebAssembly.compile(await (await file(wasm, integrity)).arrayBuffer());
}

/** What was answered. @typedef {{status: number, text: string, retryAfter: number}} Told */

/** Asks for a text: its HTTP status, or -1 no network, -2 no connection, -3 no
 * answer within the time, in milliseconds.
 * @param {string} url @param {RequestInit} init @param {number} timeout @returns {Promise<Told>} */
export async function fetchText(url, init, timeout) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  try {
    const response = await fetch(url, { ...OPEN, ...init, signal: abort.signal });
    const text = await response.text();
    return { status: response.status, text, retryAfter: Number(response.headers.get("retry-after")) || 0 };
  } catch {
    return { status: abort.signal.aborted ? -3 : navigator.onLine ? -2 : -1, text: "", retryAfter: 0 };
  } finally {
    clearTimeout(timer);
  }
}
