// Codes a second in V8: the package's two builds and npm's stdnum, each the
// median of several runs over the list that is named.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [list, packageFolder, modules] = process.argv.slice(2);
const text = readFileSync(list);
const codes = text.toString().trim().split("\n");
const glue = `${packageFolder}/credit_checks.js`;

function measure(name, runs, run) {
  run();
  const seconds = Array.from({ length: runs }, () => {
    const begin = performance.now();
    run();
    return (performance.now() - begin) / 1000;
  }).sort((a, b) => a - b);
  console.log(`${name}\t${(codes.length / seconds[runs >> 1]).toFixed(0)}`);
}

for (const [name, file] of [["wasm", "credit_checks_bg.wasm"], ["wasm with SIMD", "credit_checks_simd_bg.wasm"]]) {
  const { initSync, checkLines } = await import(`${glue}?${file}`);
  initSync({ module: readFileSync(`${packageFolder}/${file}`) });
  measure(name, 101, () => checkLines("uscc", text));
}

const { stdnum } = createRequire(`${modules}/`)("stdnum");
measure("npm stdnum", 5, () => codes.forEach((code) => stdnum.CN.uscc.validate(code)));
