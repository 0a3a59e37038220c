// A page in Vue, built by Vite, with both packages.
import { createApp } from "vue/dist/vue.esm-bundler.js";
import init, { check } from "credit-checks";
import { connect } from "credit-widgets";

const asked = new URLSearchParams(location.search);
await connect({ api: "https://credit.example.cn", roots: [asked.get("root") ?? ""] });

await init();

const app = createApp({
  data: () => ({ code: "91120102MATEXT01X4", selected: "", checked: check("uscc", "91120102matext01x4").value }),
  template: `
    <h1>Vue</h1>
    <p id="selected">{{ selected }}</p><p id="checked">{{ checked }}</p>
    <button @click="code = '93120102MATEXT01XX'">另一家</button>
    <credit-badge :code="code"></credit-badge>
    <credit-card :code="code"></credit-card>
    <credit-query @credit-select="selected = $event.detail.code"></credit-query>`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith("credit-");
app.mount("#app");
