// A page without a framework, built by webpack, with both packages.
import init, { check } from "credit-checks";
import { connect } from "credit-widgets";

const asked = new URLSearchParams(location.search);
await connect({ api: "https://credit.example.cn", roots: [asked.get("root") ?? ""] });

document.body.innerHTML = `
  <main><h1>webpack</h1><p id="selected"></p><p id="checked"></p><button>另一家</button>
  <credit-badge code="91120102MATEXT01X4"></credit-badge>
  <credit-card code="91120102MATEXT01X4"></credit-card>
  <credit-query></credit-query></main>`;
document.addEventListener("credit-select", (event) => { document.getElementById("selected").textContent = event.detail.code; });
document.querySelector("button").addEventListener("click", () => {
  for (const element of document.querySelectorAll("credit-badge, credit-card")) element.setAttribute("code", "93120102MATEXT01XX");
});

await init();
document.getElementById("checked").textContent = check("uscc", "91120102matext01x4").value;
