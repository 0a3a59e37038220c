// The plain page on the server's own origin, where a person is signed in. The
// answers are the harness's: who signs in is not what these cases are about.
import { readFileSync } from "node:fs";
import { API } from "./harness.mjs";

const PLAIN = readFileSync(new URL("strangers/plain/index.html", import.meta.url), "utf8");

export const QUERIES = `${API}/v1/self-queries`;
export const STATUS = {
  consent: {
    version: "2026-12-01",
    zh: Array(12).fill("本人授权查询并展示本人名下的公共信用信息，仅供本人使用。").join("\n"),
    en: Array(12).fill("I authorise the query and display of public credit information about me.").join("\n"),
  },
  signed_in: true,
  login: null,
};

const json = (body) => ({ status: 200, contentType: "application/json", headers: { "cache-control": "no-store" }, body: JSON.stringify(body) });
/** What the server says when it refuses. */
export const problem = (status, code, title, headers = {}) =>
  ({ status, contentType: "application/problem+json", headers, body: JSON.stringify({ type: "about:blank", title, status, code }) });

/** Opens the plain page on the server's origin from now on. `answers` says what
 * is answered: `status`, `records` and `logout`, each a body, a whole answer
 * with a `status`, or a function that gives either. Gives what was sent. */
export async function own(world, answers = {}) {
  const sent = [];
  const answer = (route, what) => {
    const body = typeof what === "function" ? what() : what;
    return route.fulfill(typeof body?.status === "number" ? body : json(body));
  };
  world.site = API;
  await world.page.route(`${API}/plain/`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: PLAIN }));
  await world.page.route(QUERIES, (route) => {
    const request = route.request();
    sent.push({ method: request.method(), body: request.postData(), headers: request.headers() });
    return answer(route, request.method() === "POST" ? answers.records : answers.status ?? STATUS);
  });
  await world.page.route(`${API}/self/logout`, (route) => {
    sent.push({ method: route.request().method(), body: "logout" });
    return answer(route, answers.logout ?? { status: 204 });
  });
  return sent;
}
