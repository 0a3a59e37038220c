// The contract against a loader that only sets attributes: node fake.mjs --fake
import "./contract.mjs";
import "./around.mjs";
import "./lasting.mjs";
import { run } from "./harness.mjs";

await run();
