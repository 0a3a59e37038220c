// @ts-check
// A page of the gallery: shows every state of one part as an element would.
import instance from "./gallery.js";

const asked = new URLSearchParams(location.search);
/** @param {string} name @param {string[]} allowed */
const choice = (name, allowed) => allowed.find((word) => word === asked.get(name)) ?? allowed[0];
const CHOICES = { lang: ["zh-CN", "en"], theme: ["light", "dark", "contrast", "auto"], size: ["normal", "large"] };
const [lang, theme, size] = Object.entries(CHOICES).map(([name, words]) => choice(name, words));
document.documentElement.lang = lang;
document.documentElement.className = theme;

const presentation = document.getElementById("presentation");
for (const [name, words] of Object.entries(CHOICES)) {
  for (const word of words) {
    const link = document.createElement("a");
    const to = new URLSearchParams({ lang, theme, size, [name]: word });
    link.href = `?${to}`;
    link.textContent = word;
    if (choice(name, words) === word) link.setAttribute("aria-current", "true");
    presentation?.append(link);
  }
}
for (const link of document.querySelectorAll("nav a[href^='../']")) {
  /** @type {HTMLAnchorElement} */ (link).search = location.search;
}

const states = /** @type {HTMLElement} */ (document.getElementById("states"));
const code = await fetch(new URL("gallery_bg.wasm", import.meta.url)).then((response) => response.arrayBuffer());
const { show, css } = await instance(await WebAssembly.compile(code), (/** @type {unknown} */ exports) => exports);
const root = states.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
root.adoptedStyleSheets = [sheet];
const mount = document.createElement("div");
root.append(mount);
show(states.dataset.part, lang, theme, size, mount);
states.dataset.shown = "true";
