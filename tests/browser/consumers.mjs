// Pages of others that were built with the npm packages: tests/consumers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { API, CONSUMERS, NPM, PACKAGES, test } from "./harness.mjs";
import { CODE, NAME, OTHER, OTHER_NAME } from "./elements.mjs";

const folder = fileURLToPath(new URL("../consumers/", import.meta.url));
const root = async () => /"roots":\["([\w-]{43})"\]/.exec(await (await fetch(`${API}/embed/v1/credit.js`)).text())[1];

for (const name of ["plain", "vite", "vue", "webpack"]) {
  test(`consumers: a page built with ${name} works, checks what it shows, and hears what is chosen`, async (world) => {
    await world.page.goto(`${CONSUMERS}/${name}/?root=${await root()}`);
    for (const tag of ["credit-badge", "credit-card"]) {
      await world.sees(tag, NAME);
      await world.sees(tag, "已验证");
      assert.equal(await world.attribute(tag, "trust"), "verified");
    }
    // Its style came along: a card has a border.
    await world.page.locator("credit-card .qr path").waitFor({ state: "attached" });
    const laidOut = await world.page.locator("credit-card .fact").first().evaluate((fact) => getComputedStyle(fact).display);
    assert.equal(laidOut, "flex", "the card is without its style");
    await world.page.getByRole("button", { name: "另一家" }).click();
    for (const tag of ["credit-badge", "credit-card"]) await world.sees(tag, OTHER_NAME);
    await world.page.locator("credit-query input").fill("海河津味");
    await world.page.locator("credit-query .result").click();
    await world.page.locator("#selected", { hasText: CODE }).waitFor();
    if (["vue", "webpack"].includes(name)) assert.equal(await world.page.locator("#checked").textContent(), CODE);
    assert.ok(!world.requests.some((url) => url.includes("/embed/")), "something came from the server's own folder");
    assert.notEqual(CODE, OTHER);
  });
}

test("consumers: a page that is a Yew app itself hears its own events and none of ours", async (world) => {
  await world.page.goto(`${CONSUMERS}/yew/`);
  await world.sees("credit-badge", NAME);
  await world.sees("credit-query", NAME);
  const heard = () => world.page.locator(".own, #keys, #typed").allTextContents();
  const nothing = ["0: 0", "1: 0", "2: 0", "3: 0", "4: 0", "", "0"];
  assert.deepEqual(await heard(), nothing);
  // Everything that a visitor does in the query window.
  const input = world.page.locator("credit-query input");
  await input.click();
  await input.fill("");
  await world.page.keyboard.type("海河");
  await world.sees("credit-query", NAME);
  await world.page.locator("credit-query button[type=submit]").click();
  await world.page.locator("credit-query .result").click();
  await world.sees("credit-query", "登记信息");
  await world.page.locator("credit-query .page .button").first().click();
  await world.page.keyboard.press("ArrowDown");
  assert.deepEqual(await heard(), nothing, "the page took an event of ours for its own");
  // And the page's own.
  for (const button of await world.page.locator(".own").all()) await button.click();
  await world.page.locator("#own").click();
  await world.page.keyboard.type("ab");
  assert.deepEqual(await heard(), ["0: 1", "1: 1", "2: 1", "3: 1", "4: 1", "ab", "2"]);
  await world.page.locator("#other").click();
  await world.sees("credit-badge", OTHER_NAME);
  await world.page.locator("#gone").click();
  assert.equal(await world.page.locator("credit-query").count(), 0);
  await world.page.locator("#gone").click();
  await world.sees("credit-query", NAME);
  await world.page.locator("credit-query .result").click();
  await world.sees("credit-query", "登记信息");
});

test("consumers: whom nobody trusts is not shown as verified", async (world) => {
  await world.page.goto(`${CONSUMERS}/plain/?root=${"A".repeat(43)}`);
  await world.sees("credit-badge", "验证失败");
  assert.notEqual(await world.attribute("credit-badge", "trust"), "verified");
});

test("consumers: without a root, or an address, it says what is allowed", async (world) => {
  await world.page.goto(`${NPM}/credit-widgets/package.json`);
  const said = await world.page.evaluate(async () => {
    const { connect } = await import("/npm/credit-widgets/index.js");
    const tried = [{ api: "https://a.example", roots: [] }, { api: "https://a.example" }, { api: "javascript:alert(1)", roots: ["A".repeat(43)] }];
    return Promise.all(tried.map((server) => connect(server).then(() => "", (error) => `${error.name}: ${error.message}`)));
  });
  assert.match(said[0], /^TypeError: roots is ''/);
  assert.match(said[1], /^TypeError: roots is 'undefined'/);
  assert.match(said[2], /^TypeError: api is 'javascript:alert\(1\)'/);
});

test("consumers: the package is imported where there is no page", async () => {
  const { connect } = await import(`${PACKAGES}/credit-widgets/index.js`);
  assert.equal(typeof connect, "function");
});

test("consumers: the types let through what is right and nothing else", async () => {
  const compiler = `${folder}node_modules/typescript/bin/tsc`;
  try {
    execFileSync(process.execPath, [compiler, "--project", `${folder}vite`], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});

test("consumers: everything that editors are told of is in the package", async () => {
  const read = (name) => JSON.parse(readFileSync(`${PACKAGES}/credit-widgets/${name}`, "utf8"));
  const { declarations } = read("custom-elements.json").modules[0];
  const tags = declarations.map(({ tagName }) => tagName);
  assert.deepEqual(read("vscode.html-custom-data.json").tags.map(({ name }) => name), tags);
  const { files } = read("package.json");
  for (const file of readdirSync(`${PACKAGES}/credit-widgets`).filter((file) => file !== "package.json" && file !== "README.md")) {
    assert.ok(files.some((pattern) => pattern === file || (pattern.startsWith("*") && file.endsWith(pattern.slice(1)))), `${file} is not published`);
  }
  const published = await (await fetch(`${API}/embed/v1/custom-elements.json`)).json();
  assert.deepEqual(published.modules[0].declarations.map(({ tagName }) => tagName), tags);
});
