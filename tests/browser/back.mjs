// What a visitor finds on a page that was left and come back to.
import assert from "node:assert/strict";
import { launch } from "./chromium.mjs";
import { CODE, NAME } from "./elements.mjs";
import { API, SITE, test } from "./harness.mjs";

test("back: a page from the back/forward cache goes on where it was", async () => {
  // Playwright turns the cache off; here it is what is tested.
  const browser = await launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const page = await browser.newPage();
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(`${SITE}/plain/`);
    await page.evaluate(([api, code]) => {
      window.addEventListener("pageshow", ({ persisted }) => { window.persisted = persisted; });
      for (const [tag, name, value] of [["credit-badge", "code", code], ["credit-query", "q", "津味"]]) {
        const element = document.createElement(tag);
        element.setAttribute(name, value);
        document.getElementById("place").append(element);
      }
      const script = document.createElement("script");
      script.type = "module";
      script.src = `${api}/embed/v1/credit.js`;
      document.head.append(script);
    }, [API, CODE]);
    await page.locator("credit-badge .name", { hasText: NAME }).waitFor();
    await page.locator("credit-query .result").waitFor();
    await page.goto(`${SITE}/gbk/`);
    await page.locator("credit-badge[trust=verified]").waitFor();
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => window.persisted === true);
    await page.locator("credit-badge[trust=verified] .name", { hasText: NAME }).waitFor();
    // It works on: typing, and a changed attribute.
    await page.locator("credit-query input").fill("绿叶");
    await page.locator("credit-query .result", { hasText: "绿叶" }).first().waitFor();
    await page.locator("credit-badge").evaluate((badge) => badge.setAttribute("lang", "en"));
    await page.locator("credit-badge .word", { hasText: "Verified" }).waitFor();
    assert.deepEqual(said, []);
  } finally {
    await browser.close();
  }
});
