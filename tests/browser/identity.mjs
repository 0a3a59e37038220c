// 本人查询 with a real identity provider: a person signs in there and reads here
// what is recorded about them.
import assert from "node:assert/strict";
import { OWN, PROVIDER, test } from "./harness.mjs";

const tag = "credit-self";
const SESSION = "credit-session";
const button = (world, name) => world.page.getByRole("button", { name });
const cookie = async (world, name) => (await world.context.cookies(OWN)).find((cookie) => cookie.name === name);

async function signedIn(world) {
  await world.page.goto(`${OWN}/self`);
  await world.page.getByRole("link", { name: "登录后查询" }).click();
  await world.page.waitForURL(`${OWN}/self`);
  await world.sees(tag, "我已阅读并同意");
}

/** An answer to a request of the browser, with its cookies, redirects not followed. */
const get = (world, path) => world.context.request.get(`${OWN}${path}`, { maxRedirects: 0 });

test("identity: a person signs in, agrees, reads their own records, and leaves", async (world) => {
  await signedIn(world);
  const session = await cookie(world, SESSION);
  assert.ok(session.httpOnly && session.sameSite === "Strict");
  assert.equal(await cookie(world, "credit-login"), undefined);
  await world.shot("self-page-consent");
  await world.page.locator(`${tag} input[type=checkbox]`).check();
  await button(world, "查询本人记录").click();
  await world.sees(tag, "查询结果（2条）");
  await world.sees(tag, "食品经营许可");
  await world.sees(tag, "出版物经营许可");
  const seen = await world.seen(tag);
  assert.ok(!seen.includes("道路运输") && !seen.includes("120102199001010013"), seen);
  await world.shot("self-page-records");
  await button(world, "退出").click();
  await world.sees(tag, "登录后查询");
  assert.equal(await cookie(world, SESSION), undefined);
});

test("identity: the page on a phone, in the dark, in large letters, in English", async (world) => {
  await world.page.setViewportSize({ width: 360, height: 740 });
  await world.page.emulateMedia({ colorScheme: "dark" });
  await signedIn(world);
  await world.shot("self-page-phone-dark");
  await world.page.goto(`${OWN}/self?lang=en&size=large`);
  await world.sees(tag, "I have read and agree");
  await world.shot("self-page-phone-large");
  const wide = await world.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} px wide`);
});

test("identity: what comes back with another state, or to another browser, is nobody", async (world) => {
  const begin = await get(world, "/self/login");
  assert.equal(begin.status(), 303);
  const asked = new URL(begin.headers().location);
  assert.equal(asked.origin, PROVIDER);
  assert.equal(asked.searchParams.get("response_type"), "code");
  assert.equal(asked.searchParams.get("code_challenge_method"), "S256");
  assert.equal(asked.searchParams.get("redirect_uri"), `${OWN}/self/callback`);
  const state = asked.searchParams.get("state");
  const refused = async (query, status) => {
    const answer = await get(world, `/self/callback?${query}`);
    assert.equal(answer.status(), status, query);
    assert.equal(answer.headers()["cache-control"], "no-store");
    assert.equal(await cookie(world, SESSION), undefined);
    assert.equal(await cookie(world, "credit-login"), undefined);
    return answer;
  };
  await refused("code=a&state=another", 403);
  // The login was used up.
  await refused(`code=a&state=${state}`, 403);
  await get(world, "/self/login");
  await refused("error=access_denied", 303);
  const again = new URL((await get(world, "/self/login")).headers().location);
  await refused(`code=invented&state=${again.searchParams.get("state")}`, 403);
});

test("identity: a page of somebody else can neither ask nor sign out", async (world) => {
  await signedIn(world);
  for (const [path, data] of [["/v1/self-queries", { consent: "2026-12-01" }], ["/self/logout", {}]]) {
    const answer = await world.context.request.post(`${OWN}${path}`, { data, headers: { origin: "https://evil.example" } });
    assert.equal(answer.status(), 403);
    assert.equal((await answer.json()).code, "foreign-origin");
  }
  assert.ok(await cookie(world, SESSION));
});
