// @ts-check
// What no badge needs, fetched when it is wanted: QR codes, and what a visitor
// types, opens or scans.

const SVG = "http://www.w3.org/2000/svg";

/** Largest file that is read as a document, in bytes: `DOCUMENT_MAX_BYTES`. */
const FILE_MAX = 1024 * 1024;

/** Draws the QR code of a text by the bundle that can.
 * @param {(bundle: string, domain: string) => Promise<any>} load @param {Element} svg @param {string} text */
export async function drawQr(load, svg, text) {
  const [side, path] = (await load("qr", "qr")).exports.draw(text).split(/ (.*)/);
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
  const modules = document.createElementNS(SVG, "path");
  modules.setAttribute("d", path);
  svg.appendChild(modules);
}

/** What a visitor said with a field or button; nothing where the event is not the
 * one that says it.
 * @param {Element} from @param {string} type @returns {Promise<string | undefined>} */
export async function said(from, type) {
  const field = /** @type {HTMLInputElement} */ (from);
  const isField = "value" in from && from.localName !== "button";
  if (isField !== (type !== "click")) return undefined;
  if (field.files) {
    const [file] = field.files;
    return file && file.size <= FILE_MAX ? await file.text().catch(() => "") : "";
  }
  if (from.getAttribute("data-tells") === "print") {
    print();
    return undefined;
  }
  if (from.getAttribute("data-tells") !== "camera") return isField ? field.value : "";
  const { scan } = await import("./camera.js");
  // A camera that was closed says nothing.
  return scan(from);
}
