// 本人查询 as a person uses it, on our own pages and on those of others.
import assert from "node:assert/strict";
import { API, accessible, test } from "./harness.mjs";
import { STATUS, own, problem } from "./own.mjs";

const tag = "credit-self";
const EVIL = "<img src=x onerror=alert(1)><b>粗体</b>";

const record = (kind, fields, more = {}) => ({
  kind,
  fields: fields.map(([name, label, value]) => ({ name, label, value })),
  source: { unit: "示例区市场监督管理局", as_of: "2026-11-01" },
  is_contested: false,
  until: null,
  rule: { name: "test", basis: "test" },
  ...more,
});
const ANSWER = {
  number: "Q20261124-0001",
  at: "2026-11-24T04:00:00Z",
  records: [
    record("licences", [["title", "行政许可决定文书名称", "食品经营许可"], ["number", "行政许可决定文书号", "示许〔2026〕1号"]]),
    record("penalties", [["fact", "违法事实", EVIL]], { until: "2027-03-01", is_contested: true }),
    record("licences", [["title", "行政许可决定文书名称", "小型餐饮服务许可"]]),
    record("later-kind", [["title", "名称", "以后才有的种类"]]),
  ],
  is_cut: false,
};

const box = (world) => world.page.locator(`${tag} input[type=checkbox]`);
const button = (world, name) => world.page.getByRole("button", { name });
const focused = (world) => world.page.locator(tag).evaluate((element) => element.shadowRoot.activeElement?.textContent.trim());
const posts = (sent) => sent.filter(({ method, body }) => method === "POST" && body !== "logout");

async function agreed(world, attributes = {}) {
  await world.place([[tag, attributes]]);
  await world.state(tag, "ready");
  await box(world).check();
}

async function answered(world, attributes = {}) {
  await agreed(world, attributes);
  await button(world, attributes.lang === "en" ? "Query my records" : "查询本人记录").click();
  await world.sees(tag, "Q20261124-0001");
}

test("self: on another origin there is a link, and nothing is asked", async (world) => {
  await world.place([[tag, {}, "后备内容"]]);
  await world.state(tag, "blocked");
  await world.sees(tag, "须在官方网站进行");
  assert.ok(!(await world.seen(tag)).includes("后备内容"));
  assert.equal(await world.page.locator(`${tag} a`).getAttribute("href"), `${API}/self`);
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "origin");
  assert.deepEqual(world.requests.filter((url) => url.startsWith(`${API}/self`) || url.includes("self-queries")), []);
  await accessible(world.page, "main");
  await world.shot("self-foreign");
});

test("self: a server without it says so calmly", async (world) => {
  await own(world, { status: problem(404, "no-such-path", "没有这个地址 / no such path") });
  await world.place([[tag, {}]]);
  await world.state(tag, "error");
  await world.sees(tag, "本站没有开通本人查询");
  assert.equal(await button(world, "重试").count(), 0);
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "off");
}, { noisy: true });

test("self: who is not signed in is led to where they can", async (world) => {
  const sent = await own(world, { status: { ...STATUS, signed_in: false, login: "/self/login" } });
  await world.place([[tag, {}]]);
  await world.state(tag, "ready");
  const link = world.page.getByRole("link", { name: "登录后查询" });
  assert.equal(await link.getAttribute("href"), `${API}/self/login`);
  assert.equal(await box(world).count(), 0);
  assert.deepEqual(posts(sent), []);
  await accessible(world.page, "main");
});

test("self: nothing is asked before the consent is ticked, and the button says why", async (world) => {
  const sent = await own(world, { records: ANSWER });
  await world.place([[tag, {}]]);
  await world.sees(tag, "本人授权查询");
  const ask = button(world, "查询本人记录");
  await ask.focus();
  assert.equal(await focused(world), "查询本人记录");
  assert.equal(await ask.getAttribute("aria-disabled"), "true");
  const why = () => ask.evaluate((element) => element.getRootNode().getElementById(element.getAttribute("aria-describedby")).textContent);
  assert.ok((await why()).includes("勾选"));
  await world.page.keyboard.press("Enter");
  await world.sees(tag, "还没有勾选");
  assert.ok((await why()).includes("还没有勾选"));
  assert.equal(await focused(world), "查询本人记录");
  assert.deepEqual(posts(sent), []);
  await box(world).focus();
  await world.page.keyboard.press("Space");
  assert.equal(await ask.getAttribute("aria-disabled"), null);
  assert.ok(!(await world.seen(tag)).includes("还没有勾选"));
  await ask.click();
  await world.sees(tag, "查询结果（4条）");
  const [{ body, headers }] = posts(sent);
  assert.equal(posts(sent).length, 1);
  assert.deepEqual(JSON.parse(body), { consent: "2026-12-01" });
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["accept-language"], "zh-CN");
});

test("self: records stand by kind, as text, and the keyboard is taken to them", async (world) => {
  await own(world, { records: ANSWER });
  await answered(world);
  assert.equal(await focused(world), "查询结果（4条）");
  for (const text of ["行政许可（2条）", "行政处罚（1条）", "later-kind（1条）", "小型餐饮服务许可", EVIL, "公示至 2027-03-01", "异议处理中", "示例区市场监督管理局", "2026-11-24 12:00"]) {
    await world.sees(tag, text);
  }
  assert.equal(await world.page.locator(`${tag} img, ${tag} b`).count(), 0);
  assert.equal(await world.page.locator(`${tag} article`).count(), 4);
  assert.ok(!(await world.seen(tag)).includes("没有全部列出"));
  await accessible(world.page, "main");
  const kept = await world.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  assert.deepEqual(kept, [0, 0, ""]);
});

test("self: no record, and more than can be listed, are said", async (world) => {
  let answer = { ...ANSWER, records: [] };
  await own(world, { records: () => answer });
  await answered(world);
  await world.sees(tag, "没有查到与您有关的记录");
  answer = { ...ANSWER, is_cut: true };
  await answered(world);
  await world.sees(tag, "没有全部列出");
});

test("self: while the answer is on its way that is said, and nothing is asked twice", async (world) => {
  const sent = await own(world, { records: ANSWER });
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await world.page.route("**/v1/self-queries", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.fallback();
  });
  await agreed(world);
  const ask = button(world, "查询本人记录");
  await ask.click();
  await world.state(tag, "loading");
  await world.sees(tag, "正在查询");
  await ask.click({ force: true });
  release();
  await world.sees(tag, "查询结果（4条）");
  assert.equal(posts(sent).length, 1);
});

test("self: a session that has ended leads back to signing in", async (world) => {
  await own(world, { records: problem(401, "not-signed-in", "尚未登录 / not signed in") });
  await agreed(world);
  await button(world, "查询本人记录").click();
  await world.sees(tag, "登录已失效");
  assert.equal(await world.page.getByRole("link", { name: "登录后查询" }).getAttribute("href"), `${API}/self/login`);
  assert.equal(await world.attribute(tag, "state"), "ready");
}, { noisy: true });

test("self: a limit is told with the time that it lasts", async (world) => {
  await own(world, { records: problem(429, "rate", "请求过于频繁 / too many requests", { "retry-after": "290" }) });
  await agreed(world);
  await button(world, "查询本人记录").click();
  await world.sees(tag, "请在5分钟后重试");
  assert.equal(await world.attribute(tag, "state"), "error");
  assert.equal(await button(world, "重试").count(), 0);
  const [error] = await world.events("credit-error");
  assert.equal(error.detail.code, "rate");
}, { noisy: true });

test("self: a failure is told in the server's words and can be tried again", async (world) => {
  let works = false;
  const broken = problem(500, "internal", "服务器内部错误 / internal error");
  await own(world, { status: () => (works ? STATUS : broken), records: () => (works ? ANSWER : broken) });
  await world.place([[tag, {}]]);
  await world.state(tag, "error");
  await world.sees(tag, "服务器内部错误");
  assert.ok(!(await world.seen(tag)).includes("internal error"));
  works = true;
  await button(world, "重试").click();
  await world.sees(tag, "我已阅读并同意");
  works = false;
  await box(world).check();
  await button(world, "查询本人记录").click();
  await world.sees(tag, "服务器内部错误");
  works = true;
  await button(world, "重试").click();
  await world.sees(tag, "查询结果（4条）");
  assert.equal(await focused(world), "查询结果（4条）");
}, { noisy: true });

test("self: another text to agree to has to be read and ticked again", async (world) => {
  let version = "2026-12-01";
  const sent = await own(world, {
    status: () => ({ ...STATUS, consent: { ...STATUS.consent, version } }),
    records: () => {
      if (version === "2027-01-01") return ANSWER;
      version = "2027-01-01";
      return problem(409, "consent", "授权内容已更新 / the consent has changed");
    },
  });
  await agreed(world);
  const ask = button(world, "查询本人记录");
  await ask.click();
  await world.sees(tag, "授权内容已更新");
  await world.sees(tag, "2027-01-01");
  assert.equal(await box(world).isChecked(), false);
  await box(world).check();
  await ask.click();
  await world.sees(tag, "查询结果（4条）");
  assert.deepEqual(posts(sent).map(({ body }) => JSON.parse(body).consent), ["2026-12-01", "2027-01-01"]);
}, { noisy: true });

test("self: who leaves is signed out, and nothing of theirs stays", async (world) => {
  const sent = await own(world, { records: ANSWER });
  await answered(world);
  await button(world, "退出").click();
  await world.sees(tag, "已退出登录");
  assert.ok(sent.some(({ method, body }) => method === "POST" && body === "logout"));
  const html = await world.page.locator(tag).evaluate((element) => element.shadowRoot.innerHTML);
  for (const text of ["食品经营许可", ANSWER.number]) assert.ok(!html.includes(text));
  assert.equal(await focused(world), "本人信用信息查询");
});

for (const [name, width, attributes] of [
  ["wide", 1280, {}],
  ["phone", 360, {}],
  ["phone-large", 360, { size: "large", lang: "en", theme: "dark" }],
]) {
  test(`pictures: self ${name}`, async (world) => {
    const fits = async (picture) => {
      const overflow = await world.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
      await world.shot(`self-${picture}-${name}`);
    };
    await own(world, { records: ANSWER });
    await agreed(world, attributes);
    await fits("consent");
    await answered(world, attributes);
    await fits("records");
    await accessible(world.page, "main");
  }, { context: { viewport: { width, height: 740 } } });
}
