// What runs in the page. Each function is sent there as text, and so stands alone.

/** Puts elements into the plain page and has it load the loader:
 * [tag, attributes, fallback]. */
export function place(elements, loader, { down = 0, lang, kept = [] } = {}) {
  try {
    localStorage.clear(); // what a case before has left
    for (const [name, value] of kept) localStorage.setItem(name, value);
  } catch {
    // blocked, which is a case
  }
  window.complaints = [];
  for (const level of ["error", "warn"]) console[level] = (...words) => window.complaints.push(`${level}: ${words.join(" ")}`);
  addEventListener("error", ({ message }) => window.complaints.push(`error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => window.complaints.push(`error: ${reason}`));
  window.events = [];
  for (const name of ["credit-ready", "credit-error", "credit-select"]) {
    document.addEventListener(name, (event) => window.events.push({ name, tag: event.target.localName, detail: event.detail }));
  }
  // A visitor sees what is in closed roots, too.
  window.roots = new WeakMap();
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    window.roots.set(this, root);
    return root;
  };
  if (lang) document.documentElement.lang = lang;
  const main = document.getElementById("place");
  // Not by padding: WebKit gives an empty element in a line the place above it.
  if (down) main.append(Object.assign(document.createElement("p"), { style: `height: ${down}px` }));
  for (const [tag, attributes, fallback] of elements) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (fallback) element.textContent = fallback;
    main.append(element);
  }
  const script = document.createElement("script");
  script.type = "module";
  script.src = loader;
  document.head.append(script);
}

/** Text that has a place on the screen, in shadow roots and shown slots too. */
export function seen(tag, index) {
  const text = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].some(({ width, height }) => width > 0 && height > 0) ? node.data : "";
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    // What has no box of its own may have contents that have.
    if (getComputedStyle(node).display !== "contents" && !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "";
    const given = node.localName === "slot" ? node.assignedNodes() : [];
    const root = node.shadowRoot ?? window.roots?.get(node) ?? node;
    return [...(given.length ? given : root.childNodes)].map(text).join("");
  };
  const element = document.querySelectorAll(tag)[index];
  return element ? text(element).replace(/\s+/g, " ") : "";
}

/** Attribute of an element. */
export const attribute = (tag, name, index) => document.querySelectorAll(tag)[index]?.getAttribute(name);

/** The middle of a part of an element, once it is in the window. */
export function middle(tag, part) {
  const element = document.querySelector(tag);
  const inside = part ? element?.shadowRoot?.querySelector(part) : element;
  if (!inside) return undefined;
  inside.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = inside.getBoundingClientRect();
  return width > 0 && height > 0 ? [x + width / 2, y + height / 2] : undefined;
}

/** What has the focus, into the shadow roots. */
export function focused() {
  const path = [];
  for (let at = document.activeElement; at; at = at.shadowRoot?.activeElement) path.push(at.localName);
  return path;
}

/** How much too wide the page is, and parts that stick out of an element. */
export function overflow(tag) {
  const element = document.querySelector(tag);
  const edge = element.getBoundingClientRect().right + 0.5;
  const parts = [...(element.shadowRoot?.querySelectorAll("*") ?? [])];
  const sticking = parts.filter((part) => part.getBoundingClientRect().right > edge && getComputedStyle(part).visibility === "visible");
  return [document.documentElement.scrollWidth - innerWidth, sticking.map((part) => part.outerHTML.slice(0, 90))];
}

/** How an element is dressed: adopted sheets, style elements, and how bright some
 * words of it and what is behind them are, from 0 to 1. */
export function dress(tag, words) {
  const root = document.querySelector(tag).shadowRoot;
  const holding = [...root.querySelectorAll("*")].filter((part) => part.textContent.includes(words));
  const word = holding.at(-1) ?? root.host;
  const colour = (part, name) => getComputedStyle(part)[name].match(/[\d.]+/g).map(Number);
  let behind = word;
  while (behind && colour(behind, "backgroundColor")[3] === 0) behind = behind.parentElement ?? behind.getRootNode().host;
  const bright = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return {
    adopted: root.adoptedStyleSheets.length,
    rules: root.adoptedStyleSheets.reduce((sum, sheet) => sum + sheet.cssRules.length, 0),
    inline: root.querySelectorAll("style, link, [style]").length,
    word: bright(colour(word, "color")),
    behind: behind ? bright(colour(behind, "backgroundColor")) : 1,
  };
}

/** A PNG as points, which a browser knows how to unpack. */
export async function points(picture) {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let grey = "";
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at + 1]);
  return { width: image.width, height: image.height, grey: btoa(grey) };
}
