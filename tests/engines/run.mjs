// The core of the contract in Firefox and WebKit. `--fake` turns it round: with a
// loader that shows nothing every case has to fail.
import "./cases/pages.mjs";
import "./cases/trust.mjs";
import "./cases/elements.mjs";
import "./cases/hands.mjs";
import "./cases/looks.mjs";
import * as firefox from "./firefox.mjs";
import { run } from "./harness.mjs";
import * as webkit from "./webkit.mjs";

const only = process.env.CREDIT_ENGINE;
let [passed, failed] = [0, 0];
for (const engine of [firefox, webkit]) {
  if (only && engine.name !== only) continue;
  const counts = await run(engine);
  passed += counts.passed;
  failed += counts.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed === 0 || failed > 0 ? 1 : 0);
