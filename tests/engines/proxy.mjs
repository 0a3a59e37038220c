// A server between pages and the real servers. WebKit lets no test change what
// is on the way, so an element or page names this one, and by the first folder
// of the address what shall happen: `<credit-card api="http://…/byte">`.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const FAKE = readFileSync(new URL("../fake.js", import.meta.url));
const CARD = /^\/v1\/cards/;
const open = { "access-control-allow-origin": "*" };

/** Changes one character in the middle of part `index` of a signed text. */
function changed(token, index) {
  const parts = token.split(".");
  const at = Math.floor(parts[index].length / 2);
  parts[index] = parts[index].slice(0, at) + (parts[index][at] === "A" ? "B" : "A") + parts[index].slice(at + 1);
  return parts.join(".");
}

/** By folder: what becomes of the answer to `path`. Nothing is as it was. */
const WAYS = {
  as: () => {},
  byte: (path, answer) => { if (CARD.test(path)) answer.body = changed(answer.body.toString(), 1); },
  signature: (path, answer) => { if (CARD.test(path)) answer.body = changed(answer.body.toString(), 2); },
  keys: (path, answer) => { if (path.includes("keyset.jwt")) answer.body = changed(answer.body.toString(), 1); },
  list: (path, answer) => { if (path.startsWith("/v1/status/")) answer.status = 503; },
  rubbish: (path, answer) => { if (CARD.test(path)) Object.assign(answer, { status: 200, body: "<html>not found</html>" }); },
  busy: (path, answer) => {
    if (path.startsWith("/v1/")) Object.assign(answer, { status: 429, body: '{"code":"busy"}', headers: { ...open, "content-type": "application/problem+json" } });
  },
  down: (path, answer) => { if (!path.startsWith("/embed/")) answer.status = 0; },
  mime: (path, answer) => { if (path.endsWith(".wasm")) answer.headers["content-type"] = "text/plain"; },
  broken: (path, answer) => { if (path.endsWith(".wasm")) answer.body = "<html>"; },
  held: async (path, answer, proxy) => { if (path.endsWith(".wasm")) await proxy.held; },
};

/** Starts it in front of the server `api` and the strangers' site `site`. With
 * `isFake` whoever asks for the loader gets one that only pretends. */
export async function start(api, site, isFake) {
  const proxy = { address: "", asked: [], reports: [], held: undefined, release: () => {} };
  proxy.hold = () => { proxy.held = new Promise((resolve) => { proxy.release = resolve; }); };

  async function answer(request, response) {
    const [, folder, rest] = /^\/(\w+)-\d+(\/.*)?$/.exec(request.url) ?? [];
    if (request.url === "/reports") return report(request, response);
    const way = WAYS[folder];
    const path = way || folder === "site" ? rest ?? "/" : request.url;
    proxy.asked.push(request.url);
    if (isFake && path === "/embed/v1/credit.js") {
      return response.writeHead(200, { ...open, "content-type": "text/javascript", "cache-control": "no-store" }).end(FAKE);
    }
    const got = await fetched(folder === "site" ? site : api, path, request);
    if (folder === "site") reported(got);
    else await way?.(path, got, proxy);
    if (got.status === 0) return response.destroy();
    return response.writeHead(got.status, got.headers).end(got.body);
  }

  /** A page of the site, which is to report what its policy forbids. */
  function reported(got) {
    const policy = got.headers["content-security-policy"];
    const here = isFake ? proxy.address : api;
    if (policy) got.headers["content-security-policy"] = `${policy.replaceAll(api, here)}; report-uri ${proxy.address}/reports`;
    // By bytes: a page may be GBK.
    if (isFake) got.body = Buffer.from(got.body.toString("latin1").replaceAll(api, here), "latin1");
  }

  async function report(request, response) {
    const body = JSON.parse(await text(request));
    proxy.reports.push(body["csp-report"]["effective-directive"] ?? body["csp-report"]["violated-directive"]);
    response.writeHead(204).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(502, open).end(String(error)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.address = `http://127.0.0.1:${server.address().port}`;
  proxy.end = () => {
    proxy.release();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return proxy;
}

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** What the real server answers, unpacked. */
async function fetched(server, path, request) {
  const { method } = request;
  const headers = Object.fromEntries(["accept", "accept-language", "content-type", "origin"].flatMap((name) =>
    request.headers[name] ? [[name, request.headers[name]]] : []));
  const body = method === "POST" ? await text(request) : undefined;
  const response = await fetch(server + path, { method, headers, body, redirect: "manual" });
  const kept = [...response.headers].filter(([name]) => !["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"].includes(name));
  return { status: response.status, headers: Object.fromEntries(kept), body: Buffer.from(await response.arrayBuffer()) };
}
