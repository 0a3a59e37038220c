import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: { outDir: "../../../target/consumers/vue", emptyOutDir: true, target: "es2022" },
  define: { __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
});
