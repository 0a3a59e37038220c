/** What a visitor sees of each element that `selector` finds: the text that is
 * drawn somewhere on the page, and what makes it hard to read. Runs in the page,
 * in a world of its own: there, nothing is what a script of the page made of it.
 * @param {string} selector */
export function look(selector) {
  const around = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;

  /** What is left of a box after everything around it has cut it. */
  const drawn = (rect, from) => {
    let { left, top, right, bottom } = rect;
    for (let box = from; box && box !== document.body && box !== document.documentElement; box = around(box)) {
      const { overflowX, overflowY, display } = getComputedStyle(box);
      // A box that scrolls shows everything to those who want it.
      const cuts = /hidden|clip/.test(overflowX + overflowY) && !/auto|scroll/.test(overflowX + overflowY);
      if (display === "inline" || display === "contents" || !cuts) continue;
      const edge = box.getBoundingClientRect();
      [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
      [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    // Nobody can scroll to what lies before the beginning of a page.
    [left, top] = [Math.max(left, -scrollX), Math.max(top, -scrollY)];
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
  };

  const color = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => {
    const mix = (name) => top[name] * top.a + below[name] * (1 - top.a);
    return { r: mix("r"), g: mix("g"), b: mix("b"), a: 1 };
  };
  const paper = (element) => {
    const layers = [];
    for (let box = element; box; box = around(box)) layers.push(color(getComputedStyle(box).backgroundColor));
    return layers.reduceRight((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (ink, ground) => {
    const [a, b] = [luminance(over(ink, ground)), luminance(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };

  const examine = (element) => {
    const hard = [];
    const lines = [];

    /** The text of a node where it is drawn. */
    const word = (node, parent) => {
      const style = getComputedStyle(parent);
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
      const rests = rects.map((rect) => drawn(rect, parent));
      const ratio = contrast(color(style.webkitTextFillColor), paper(parent));
      const size = parseFloat(style.fontSize);
      if (style.visibility !== "visible" || ratio < 1.1 || size < 5 || !rests.some(Boolean)) return "";
      const complain = (what) => hard.push(`"${node.data.trim().slice(0, 20)}" ${what}`);
      if (ratio < 4.5) complain(`has a contrast of ${ratio.toFixed(1)}`);
      if (size < 11) complain(`is ${size} px high`);
      if (Math.abs(parseFloat(style.letterSpacing)) > size / 4) complain(`has its letters ${style.letterSpacing} apart`);
      if (Math.abs(parseFloat(style.wordSpacing)) > size / 4) complain(`has its words ${style.wordSpacing} apart`);
      if (style.textTransform !== "none") complain(`is written in ${style.textTransform}`);
      if (style.textShadow !== "none") complain(`has a shadow`);
      if (style.writingMode !== "horizontal-tb") complain(`is written ${style.writingMode}`);
      if (parseFloat(style.textIndent) !== 0) complain(`is indented by ${style.textIndent}`);
      const rows = new Set(rects.map((rect) => Math.round(rect.top))).size;
      const letters = node.data.trim().length / rows;
      if (rows > 2 && letters < 3) complain(`stands in a column of ${Math.ceil(letters)} letters`);
      for (const [index, rect] of rects.entries()) {
        const rest = rests[index];
        const isWhole = rest && rest.left <= rect.left + 1 && rest.right >= rect.right - 1 && rest.top <= rect.top + 3 && rest.bottom >= rect.bottom - 3;
        if (!isWhole) complain("is cut off");
        if (rect.height > size * 4) complain(`has lines of ${rect.height} px`);
        for (const other of lines) {
          const wide = Math.min(rect.right, other.right) - Math.max(rect.left, other.left);
          const high = Math.min(rect.bottom, other.bottom) - Math.max(rect.top, other.top);
          if (wide > 2 && high > Math.min(rect.height, other.height) / 2) complain("lies on other text");
        }
      }
      lines.push(...rects);
      return node.data;
    };

    const text = (node, parent) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? word(node, parent) : node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || ["script", "style", "template", "noscript"].includes(node.localName)) return "";
      const { display, visibility } = getComputedStyle(node);
      if (display === "none") return "";
      if (node.localName === "slot") {
        const nodes = node.assignedNodes();
        if (nodes.length) return nodes.map((inner) => text(inner, inner.parentElement)).join("");
      } else if (display !== "contents" && !node.checkVisibility({ opacityProperty: true })) return "";
      if (node.localName === "img") {
        const isThere = visibility === "visible" && node.complete && node.naturalWidth > 0 && drawn(node.getBoundingClientRect(), around(node));
        return isThere ? `[${node.alt}]` : "";
      }
      return [...(node.shadowRoot ?? node).childNodes].map((inner) => text(inner, node)).join("");
    };

    const shown = text(element, element).replace(/\s+/g, " ").trim();
    return { text: shown, state: element.getAttribute("state"), trust: element.getAttribute("trust"), hard: [...new Set(hard)] };
  };
  return [...document.querySelectorAll(selector)].map(examine);
}
