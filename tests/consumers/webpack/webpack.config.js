import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  mode: "production",
  entry: here("main.js"),
  output: { path: here("../../../target/consumers/webpack"), filename: "main.js", publicPath: "auto", clean: true },
  experiments: { topLevelAwait: true },
  performance: { hints: false },
  stats: "errors-warnings",
};
