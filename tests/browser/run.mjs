import "./contract.mjs";
import "./trust.mjs";
import "./verify.mjs";
import "./dummies.mjs";
import "./report.mjs";
import "./query.mjs";
import "./self.mjs";
import "./identity.mjs";
import "./pages.mjs";
import "./strangers.mjs";
import "./parts.mjs";
import "./package.mjs";
import { run } from "./harness.mjs";

await run();
