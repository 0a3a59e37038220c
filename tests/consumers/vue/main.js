// A page in Vue, built by Vite.
import { createApp } from "vue/dist/vue.esm-bundler.js";
import { connect } from "credit-widgets";

const asked = new URLSearchParams(location.search);
await connect({ api: "https://credit.example.cn", roots: [asked.get("root") ?? ""] });

const app = createApp({
  data: () => ({ code: "91120102MATEXT01X4", selected: "" }),
  template: `
    <h1>Vue</h1>
    <p id="selected">{{ selected }}</p>
    <button @click="code = '93120102MATEXT01XX'">另一家</button>
    <credit-badge :code="code"></credit-badge>
    <credit-card :code="code"></credit-card>
    <credit-query @credit-select="selected = $event.detail.code"></credit-query>`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith("credit-");
app.mount("#app");
