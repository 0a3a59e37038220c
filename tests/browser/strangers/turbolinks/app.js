import Turbolinks from "turbolinks";

Turbolinks.start();
const elements = (body) => [...body.querySelectorAll("credit-badge, credit-card")];
// What a page that comes back from the cache shows in the moment that it is there.
document.addEventListener("turbolinks:render", () => {
  window.shown = elements(document.body).map((element) =>
    `${element.getAttribute("state")} ${element.getAttribute("trust") ?? "-"} ${element.shadowRoot.textContent.includes("已验证")}`);
});
