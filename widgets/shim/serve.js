// @ts-check
/** What checks a file: in a worker, to which it is handed as text, or on the page's
 * own thread, in slices. So it names nothing from outside of itself.
 * @param {import("./page.js").Make} make glue of the checker
 * @param {any} port what is told and answered */
export function serve(make, port) {
  /** Bytes that are read at a time: those by which an encoding is told (`SAMPLE_BYTES`). */
  const PIECE = 1 << 20;
  /** How long a slice is, in milliseconds: with a turn more it is less than 40. */
  const SLICE = 25;
  /** Bytes that are kept apart before a browser may put them on its disk. */
  const KEPT = 8 << 20;
  // What a turn comes to: `work.rs`.
  const [MORE, WORKING, DONE] = [0, 1, 2];
  /** @type {any} */ let engine;
  /** @type {any} */ let code;
  let lang = "zh-CN";
  /** Number of the check: another one ends it. */
  let current = 0;
  let began = 0;

  /** @param {number} job @param {string} purpose @param {File} file @param {string} dataset */
  async function check(job, purpose, file, dataset) {
    const encoder = new TextEncoder();
    /** @type {any[]} */ let parts = [];
    let kept = 0;
    let at = 0;
    /** The page's turn, when it is; whether the check still goes on. */
    const goesOn = async () => {
      if (performance.now() - began >= SLICE) {
        port.postMessage({ going: at, of: file.size });
        await new Promise((next) => setTimeout(next));
        began = performance.now();
      }
      return job === current;
    };
    const read = async () => new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    let piece = await read();
    if (job !== current) return;
    began = performance.now();
    const form = engine.begin(purpose, file.name, file.size, file.lastModified / 1000, dataset, piece);
    const decoder = form === "bytes" || form === "utf-8" || !form ? undefined : new TextDecoder(form);
    let state = form ? MORE : -1;
    while (state === MORE) {
      at += piece.length;
      const isLast = !piece.length || at >= file.size;
      const text = decoder ? encoder.encode(decoder.decode(piece, { stream: !isLast })) : piece;
      state = engine.push(text);
      if (isLast && state === WORKING) state = engine.close();
      while (state === WORKING) {
        state = engine.turn();
        if (purpose !== "check") {
          const written = engine.take();
          kept += written.length;
          if (written.length) parts.push(written);
          if (kept > KEPT) [parts, kept] = [[new Blob(parts)], 0];
        }
        if (!(await goesOn())) return;
      }
      if (state !== MORE) break;
      piece = await read();
      if (!(await goesOn())) return;
    }
    const mark = engine.finish();
    if (purpose === "check") port.postMessage({ known: engine.view(lang) });
    else if (state === DONE) port.postMessage({ written: new Blob([mark, ...parts], { type: "text/csv" }), purpose });
    else port.postMessage({ broken: "unreadable" });
  }

  port.onmessage = async (/** @type {MessageEvent} */ { data }) => {
    try {
      if (data.lang) lang = data.lang;
      if (data.module) {
        code = data.module;
        engine = await make(code, (exports) => exports);
        port.postMessage({ isReady: true });
      }
      if (data.stop) current += 1;
      // Of an engine that failed nothing is left, what it knew included.
      if (data.file && !engine) engine = await make(code, (exports) => exports);
      if (data.view && engine) port.postMessage({ known: engine.view(lang) });
      if (data.name && engine) port.postMessage({ rows: engine.told(data.name, data.value, lang), name: data.name });
      if (data.file) await check((current += 1), data.purpose, data.file, data.dataset);
    } catch (error) {
      current += 1;
      // A file that cannot be read is no fault of the engine's.
      const isFile = error instanceof DOMException;
      if (!isFile) engine = undefined;
      port.postMessage({ broken: isFile ? "unreadable" : "crashed" });
    }
  };
}
