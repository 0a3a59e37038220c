// Body for body, as sites do it that do not want to load everything anew.
var kept, text;
function elements(body) { return [...body.querySelectorAll("credit-badge, credit-card")]; }
document.addEventListener("click", async function (event) {
  if (event.target.id !== "next") return;
  event.preventDefault();
  var next = new DOMParser().parseFromString(await (await fetch(event.target.href)).text(), "text/html");
  kept = document.body.cloneNode(true);
  text = document.body.outerHTML;
  document.body.replaceWith(document.adoptNode(next.body));
  // What a parser made does not run until it is made anew.
  document.body.querySelectorAll("script").forEach(function (dead) {
    var script = document.createElement("script");
    for (var at = 0; at < dead.attributes.length; at += 1) script.setAttribute(dead.attributes[at].name, dead.attributes[at].value);
    script.textContent = dead.textContent;
    dead.replaceWith(script);
  });
});
/* What the old body claims, and what it shows in the moment that it is there. */
function back(how) {
  if (!kept) return window.came;
  var body = how === "copy" ? kept : new DOMParser().parseFromString(text, "text/html").body;
  kept = undefined;
  var claimed = elements(body).map(function (element) { return element.getAttribute("state") + " " + element.getAttribute("trust"); });
  document.body.replaceWith(body);
  var shown = elements(document.body).map(function (element) {
    return element.getAttribute("state") + " " + (element.getAttribute("trust") || "-") + " " + element.shadowRoot.textContent.includes("已验证");
  });
  return (window.came = [claimed.join(), shown.join()]);
}
