// 测试代码: codes that always answer in the same way, for people who test their
// pages; and whether anybody could be deceived by them.
import assert from "node:assert/strict";
import { createPrivateKey, sign } from "node:crypto";
import { API, test } from "./harness.mjs";
import { CODE, NAME } from "./elements.mjs";

const CODES = {
  verified: "Y1000000DEM000014X",
  expired: "Y1000000DEM000022Q",
  revoked: "Y1000000DEM000030K",
  invalid: "Y1000000DEM000049G",
  "not-found": "Y1000000DEM000057B",
  slow: "Y1000000DEM0000656",
  error: "Y1000000DEM0000731",
};
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (text) => JSON.parse(Buffer.from(text, "base64url"));

/** Signs as everybody can, with the key that is published. */
function forged(token, change) {
  const [header, payload] = token.split(".");
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.from("credit-widgets, a published key!")]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const input = `${header}.${encode(change(decode(payload)))}`;
  return `${input}.${sign(null, Buffer.from(input), key).toString("base64url")}`;
}

for (const tag of ["credit-badge", "credit-card"]) {
  test(`dummies: ${tag} shows each of them, and that it is a test`, async (world) => {
    const codes = Object.values(CODES);
    await world.place(codes.map((code) => [tag, { code }]));
    for (const [index, trust] of ["verified", "expired", "revoked", "invalid"].entries()) {
      await world.page.locator(`${tag}[trust="${trust}"]`).first().waitFor({ state: "attached" });
      assert.equal(await world.attribute(tag, "trust", index), trust);
      if (trust === "invalid") continue; // whose it is cannot be told
      await world.sees(tag, "测试", index);
    }
    await world.page.locator(`${tag}[code="${CODES["not-found"]}"][state="error"]`).waitFor({ state: "attached" });
    await world.sees(tag, "没有查到", 4);
    await world.page.locator(`${tag}[code="${CODES.error}"][state="error"]`).waitFor({ state: "attached" });
    await world.sees(tag, "暂时无法回答", 6);
    // It comes after the others, and comes.
    assert.equal(await world.attribute(tag, "state", 5), "loading");
    await world.page.locator(`${tag}[code="${CODES.slow}"][trust="verified"]`).waitFor({ state: "attached" });
    await world.sees(tag, "测试", 5);
    await world.shot(`dummies-${tag}`);
  }, { noisy: true });
}

test("dummies: a pass of theirs is checked on the verify page, and marked", async (world) => {
  const pass = await (await fetch(`${API}/v1/cards/${CODES.verified}/pass`)).text();
  await world.page.goto(`${API}/verify#${pass}`);
  await world.page.locator('credit-verify[trust="verified"]').waitFor({ state: "attached" });
  await world.sees("credit-verify", "测试");
});

test("dummies: the published key proves nothing of a real subject", async (world) => {
  const dummy = await (await fetch(`${API}/v1/cards/${CODES.verified}`)).text();
  const real = forged(dummy, (card) => ({ ...card, credentialSubject: { ...card.credentialSubject, code: CODE, name: NAME } }));
  await world.page.route("**/v1/cards/*", (route) => route.fulfill({ body: real, headers: { "access-control-allow-origin": "*" } }));
  await world.place([["credit-card", { code: CODE }]]);
  await world.state("credit-card", "ready");
  assert.equal(await world.attribute("credit-card", "trust"), "invalid");
  assert.ok(!(await world.seen("credit-card")).includes(NAME));
  // A name of somebody else under a dummy code stays a test for all to see.
  const named = forged(dummy, (card) => ({ ...card, credentialSubject: { ...card.credentialSubject, name: NAME } }));
  await world.page.unroute("**/v1/cards/*");
  await world.page.route("**/v1/cards/*", (route) => route.fulfill({ body: named, headers: { "access-control-allow-origin": "*" } }));
  for (const tag of ["credit-badge", "credit-card"]) {
    await world.place([[tag, { code: CODES.verified }]]);
    await world.state(tag, "ready");
    await world.sees(tag, "测试");
  }
});
