import { createApp } from "vue";

const all = ["91120102MATEXT01X4", "93120102MATEXT01XX", "51120102MATEXT01X8"];
const app = createApp({
  data: () => ({ all, code: all[0], firms: [...all], open: true, ready: 0, chosen: "", clicks: 0 }),
});
app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith("credit-");
app.mount("#app");
