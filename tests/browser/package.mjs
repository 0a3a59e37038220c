// The npm package of the checks: the vectors in the browser, in both builds,
// and in Node.js; its types as a TypeScript user meets them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { NPM, PACKAGES, SCREENS, test } from "./harness.mjs";

const read = (kind) => JSON.parse(readFileSync(new URL(`../vectors/${kind}.json`, import.meta.url)));
const local = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What is said of a vector in one word, as the command line does. */
const verdict = ({ errors = [], warnings = [] }) =>
  errors.length ? `error:${errors[0]}` : warnings.length ? `warn:${warnings.join(",")}` : "ok";

/** Runs in the page and in Node.js: [kind, inputs] to what check and checkLines say. */
const ask = ({ check, checkLines, describe }, kind, inputs) => {
  const codes = (list) => (list ?? []).map(({ code }) => code);
  const numbers = checkLines(kind, new TextEncoder().encode(inputs.map((input) => `${input}\n`).join("")));
  return inputs.map((input, index) => {
    const report = check(kind, input);
    return {
      value: report.value,
      errors: codes(report.errors),
      warnings: codes(report.warnings),
      batch: describe(numbers[index]),
    };
  });
};

function compare(kind, vectors, answers) {
  assert.equal(answers.length, vectors.length);
  vectors.forEach((vector, index) => {
    const answer = answers[index];
    const about = `${kind} ${JSON.stringify(vector.input)}`;
    assert.equal(answer.value, vector.value, about);
    assert.equal(verdict(answer), verdict(vector), about);
    assert.equal(answer.batch, verdict(vector), `${about} in a batch`);
  });
}

for (const build of ["the browser's choice", "credit_checks_bg.wasm", "credit_checks_simd_bg.wasm"]) {
  test(`package: every vector holds in the browser, with ${build}`, async ({ page }) => {
    await page.goto(`${NPM}/credit-checks/package.json`);
    const kinds = await page.evaluate(async (build) => {
      const module = await import("/npm/credit-checks/index.js");
      const wasm = build.endsWith(".wasm") ? { module_or_path: `/npm/credit-checks/${build}` } : undefined;
      await module.default(wasm);
      window.checks = module;
      return module.kinds();
    }, build);
    assert.equal(kinds.length, 14);
    for (const kind of kinds) {
      const vectors = read(kind);
      const inputs = vectors.map(({ input }) => input);
      const answers = await page.evaluate(
        ([ask, kind, inputs]) => new Function(`return ${ask}`)()(window.checks, kind, inputs),
        [String(ask), kind, inputs],
      );
      compare(kind, vectors, answers);
    }
    assert.match(
      await page.evaluate(() => { try { return window.checks.check("nonsense", ""); } catch (error) { return error.message; } }),
      /'nonsense' is no kind of identifier, allowed are uscc/,
    );
  });
}

test("package: every vector holds in Node.js, without waiting", async () => {
  // As it is found from a project that installed it.
  const modules = `${SCREENS}/../node/node_modules`;
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  symlinkSync(`${PACKAGES}/credit-checks`, `${modules}/credit-checks`);
  writeFileSync(`${modules}/../uses.mjs`, 'export * from "credit-checks";');
  const checks = await import(pathToFileURL(`${modules}/../uses.mjs`));
  for (const kind of checks.kinds()) {
    const vectors = read(kind);
    compare(kind, vectors, ask(checks, kind, vectors.map(({ input }) => input)));
  }
  const born = "120102202611240014";
  assert.equal(checks.check("id", born, "2026-11-23").errors[0].code, "date-ahead");
  assert.throws(() => checks.check("id", born, "soon"), /date/);
  for (const wrong of [13800001234, null, undefined, {}, true]) {
    assert.throws(() => checks.check("mobile", wrong), /text is a string, not/);
    assert.throws(() => checks.checkLines("mobile", wrong), /lines are a string or a Uint8Array/);
  }
  assert.throws(() => checks.check("id", born, new Date()), /today is a string/);
  assert.deepEqual([...checks.checkLines("uscc", "\ufeff91120102MATEXT01X4\r\n91120102MATEXT01X4")], [0, 0]);
  assert.equal(checks.describe(0x8000), undefined);
  assert.equal(checks.describe(0xffff), undefined);
});

test("package: its types are strict ones", async () => {
  const options = { strict: true, noEmit: true, target: "es2022", module: "nodenext", types: [] };
  const project = `${SCREENS}/../types`;
  mkdirSync(project, { recursive: true });
  // The test as a user's project beside the package.
  const paths = { "credit-checks": [`${PACKAGES}/credit-checks/index.d.ts`] };
  writeFileSync(`${project}/tsconfig.json`, JSON.stringify({ compilerOptions: { ...options, paths }, files: ["uses.mts"] }));
  copyFileSync(local("package.ts"), `${project}/uses.mts`);
  const compiler = local("node_modules/typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [compiler, "--project", project], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
