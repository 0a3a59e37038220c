// @ts-check
// Files that a visitor chooses or drops in <credit-check>, and what checks them. It
// comes with the bundle, and asks for nothing once it is there: no worker script, and
// nothing of what a file says.
import { ANSWERED } from "./calls.js";
import { atWork, bring, mountOf } from "./element.js";
import "./extras.js"; // what a visitor says is told by it
import { serve } from "./serve.js";

// What the Rust side is answered: `mount.rs` in widgets/check.
const GOING = 1;
const KNOWN = 2;
const ROWS = 3;
const BROKEN = 4;
const WRITTEN = 5;

/** How long a worker may take to begin, in milliseconds. */
const PATIENCE = 5_000;
/** How long a file that was written stays for the browser to save it. */
const SAVING = 60_000;

/** An element at work.
 * @typedef {object} Check
 * @property {number} id
 * @property {string} dataset
 * @property {string} lang
 * @property {File | undefined} file
 * @property {Promise<any> | undefined} engine what does the work
 * @property {boolean} isGoing
 * @property {number} turn of what is wanted: a later one has come in between */

/** @type {Map<number, Check>} */ const checks = new Map();
/** Who listens. @type {WeakMap<Element, number>} */ const ids = new WeakMap();

/** @param {number} id @param {number} status @param {string} text @param {number} [more] */
const answer = (id, status, text, more) => atWork.get(id)?.instance.tell(ANSWERED, id, text, status, more);

/** @param {number} id @param {string} dataset @param {string} lang */
export function open(id, dataset, lang) {
  const mount = mountOf(id);
  if (!ids.has(mount)) listen(mount);
  ids.set(mount, id);
  const before = checks.get(id);
  const check = before ?? { id, dataset, lang, file: undefined, engine: undefined, isGoing: false, turn: 0 };
  checks.set(id, check);
  const isOther = check.dataset !== dataset;
  [check.dataset, check.lang, check.isGoing] = [dataset, lang, false];
  // On its way before there is a file. That it failed is said to who brings one.
  void bring("checker").catch(() => {});
  if (!check.file) return;
  if (isOther) void start(check, "check");
  else void check.engine?.then((engine) => engine.postMessage({ lang, view: true }));
}

/** @param {number} id */
export function shut(id) {
  const check = checks.get(id);
  checks.delete(id);
  void check?.engine?.then((engine) => (engine.postMessage({ stop: true }), engine.end())).catch(() => {});
}

/** @param {number} id @param {string} name @param {string} value */
export function told(id, name, value) {
  const check = checks.get(id);
  if (!check?.file) return;
  if (name === "cancel") {
    check.turn += 1;
    check.isGoing = false;
    void check.engine?.then((engine) => engine.postMessage({ stop: true }));
    answer(id, BROKEN, "cancelled");
  } else if (name === "dataset") {
    check.dataset = value;
    void start(check, "check");
  } else if (name === "rejects" || name === "mended") void start(check, name);
  else void check.engine?.then((engine) => engine.postMessage({ name, value }));
}

/** @param {HTMLElement} mount */
function listen(mount) {
  const of = () => checks.get(/** @type {number} */ (ids.get(mount)));
  /** @param {Event} event @param {File | undefined} file */
  const take = (event, file) => {
    const check = of();
    if (!check || !file) return;
    event.preventDefault();
    check.file = file;
    void start(check, "check");
  };
  mount.addEventListener("change", (event) => {
    const { type, files } = /** @type {HTMLInputElement} */ (event.target);
    if (type === "file") take(event, files?.[0]);
  });
  /** @param {boolean} isOver */
  const mark = (isOver) => mount.querySelector(".drop")?.classList.toggle("over", isOver);
  mount.addEventListener("dragover", (event) => {
    if (!of() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // without it a browser opens the file in place of the page
    mark(true);
  });
  mount.addEventListener("dragleave", () => mark(false));
  mount.addEventListener("drop", (event) => {
    mark(false);
    take(event, event.dataTransfer?.files[0]);
  });
}

/** @param {Check} check @param {string} purpose */
async function start(check, purpose) {
  const turn = (check.turn += 1);
  if (purpose === "check") answer(check.id, KNOWN, "\0\0\0\0");
  check.isGoing = false;
  going(check, 0);
  try {
    check.engine ??= begin(check);
    const engine = await check.engine;
    if (turn !== check.turn) return;
    const { file, dataset, lang } = check;
    engine.postMessage({ file, dataset, lang, purpose });
  } catch {
    check.engine = undefined;
    if (turn === check.turn) answer(check.id, BROKEN, "load");
  }
}

/** A worker where the page allows one, else the page's own thread.
 * @param {Check} check */
async function begin(check) {
  const [make, module] = await bring("checker");
  /** @param {MessageEvent} event */
  const hear = ({ data }) => checks.get(check.id) === check && heard(check, data);
  const worker = await employ(make, module);
  if (worker) {
    worker.onmessage = hear;
    return { postMessage: (/** @type {any} */ said) => worker.postMessage(said), end: () => worker.terminate() };
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = hear;
  serve(make, port2);
  port1.postMessage({ module });
  return { postMessage: (/** @type {any} */ said) => port1.postMessage(said), end: () => port1.close() };
}

/** @param {import("./page.js").Make} make @param {WebAssembly.Module} module @returns {Promise<Worker | undefined>} */
async function employ(make, module) {
  // As text: our script is of another origin than the page, from which no worker can
  // be made, and this one has nothing to ask for.
  const url = URL.createObjectURL(new Blob([`(${serve})(${make},self)`], { type: "text/javascript" }));
  try {
    const worker = new Worker(url);
    const isReady = await new Promise((done) => {
      worker.onmessage = ({ data }) => done(data.isReady);
      worker.onerror = (event) => {
        event.preventDefault();
        done(false);
      };
      setTimeout(() => done(false), PATIENCE);
      worker.postMessage({ module });
    });
    if (isReady) return worker;
    worker.terminate();
  } catch {
    // The page's policy allows no worker, or no address that it did not make.
  } finally {
    URL.revokeObjectURL(url);
  }
  return undefined;
}

/** @param {Check} check @param {number} done */
function going(check, done) {
  const file = /** @type {File} */ (check.file);
  if (check.isGoing && !done) return;
  answer(check.id, GOING, String(done), Math.ceil(file.size / 1024));
  check.isGoing = true;
  const bar = mountOf(check.id).querySelector("progress");
  if (bar) bar.value = done;
}

/** @param {Check} check @param {any} said */
function heard(check, { going: done, known, rows, name, written, purpose, broken }) {
  if (done !== undefined) {
    if (check.isGoing) going(check, done);
    return;
  }
  const root = /** @type {ShadowRoot} */ (mountOf(check.id).getRootNode());
  const focused = root.activeElement?.getAttribute("data-tells");
  if (rows !== undefined) answer(check.id, ROWS, rows);
  else if (known !== undefined) {
    check.isGoing = false;
    answer(check.id, KNOWN, known);
  } else if (written) {
    check.isGoing = false;
    answer(check.id, WRITTEN, "");
    save(written, /** @type {File} */ (check.file).name + (purpose === "rejects" ? ".rejects.csv" : ".corrected.csv"));
  } else if (broken) {
    check.isGoing = false;
    answer(check.id, BROKEN, broken);
  }
  // Whoever uses the keyboard goes on where they were; at the last page there is no
  // next one.
  const again = focused && (find(root, focused) ?? (name && find(root, name.startsWith("page-") ? "page-first" : name)) ?? root.querySelector(".rows .table-frame"));
  if (again && !root.activeElement) /** @type {HTMLElement} */ (again).focus();
}

/** @param {ShadowRoot} root @param {string} name */
const find = (root, name) => root.querySelector(`[data-tells="${name}"]`);

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING);
}
