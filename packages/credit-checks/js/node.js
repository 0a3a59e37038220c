// Node.js reads the file itself, so that nobody has to wait for it.
import { readFileSync } from "node:fs";
import { initSync } from "./credit_checks.js";

export * from "./checks.js";

const wasm = initSync({ module: readFileSync(new URL("credit_checks_simd_bg.wasm", import.meta.url)) });

export default async function init() {
  return wasm;
}
