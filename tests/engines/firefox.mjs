// Firefox, by WebDriver BiDi, which it speaks without another program.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import WebSocket from "ws";
import { click, keys } from "./input.mjs";
import { folder, program } from "./programs.mjs";

export const name = "firefox";

/** Nothing is asked of anybody but the servers under test. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.enabled": false,
};

export async function start() {
  const profile = folder();
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  const args = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile];
  const firefox = await program("firefox-esr", args, { HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
    (words) => /WebDriver BiDi listening on (ws:\S+)/.exec(words)?.[1]);
  try {
    return await session(firefox);
  } catch (error) {
    await firefox.end();
    throw error;
  }
}

async function session(firefox) {
  const { send, on, close } = await connect(`${firefox.said}/session`);
  await send("session.new", { capabilities: {} });
  // In the tab of the start the field for addresses has the focus, and a button
  // of the page could not be pressed by a key.
  const { contexts: [first] } = await send("browsingContext.getTree", {});
  const { context: top } = await send("browsingContext.create", { type: "tab" });
  await send("browsingContext.close", { context: first.context });
  let context = top;
  const complaints = [];
  await send("session.subscribe", { events: ["log.entryAdded"] });
  on("log.entryAdded", ({ level, text }) => { if (level !== "info" && level !== "debug") complaints.push(`${level}: ${text}`); });

  return {
    async open(url) {
      context = top;
      await send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    /** Goes into the frame of that number, or out of all with none. */
    async enter(number) {
      const { contexts: [{ children }] } = await send("browsingContext.getTree", { root: top });
      context = number === undefined ? top : children[number].context;
    },
    async run(script, ...given) {
      const answer = await send("script.callFunction", {
        functionDeclaration: `async (given) => JSON.stringify(await (${script})(...JSON.parse(given)))`,
        arguments: [{ type: "string", value: JSON.stringify(given) }],
        target: { context },
        awaitPromise: true,
      });
      if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
      return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
    },
    keys: (text) => send("input.performActions", { context: top, actions: keys(text) }),
    click: (x, y) => send("input.performActions", { context: top, actions: click(x, y) }),
    resize: (width, height) => send("browsingContext.setViewport", { context: top, viewport: { width, height } }),
    /** The window, as a PNG. */
    async picture() {
      const { data } = await send("browsingContext.captureScreenshot", { context: top, origin: "viewport" });
      return Buffer.from(data, "base64");
    },
    /** What was said in the console since it was last asked. */
    complaints: () => complaints.splice(0),
    async close() {
      close();
      await firefox.end();
    },
  };
}

async function connect(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const [waiting, listeners] = [new Map(), new Map()];
  let last = 0;
  socket.on("message", (message) => {
    const { id, type, method, params, result, error, message: text } = JSON.parse(message);
    if (type === "event") return listeners.get(method)?.(params);
    const answer = waiting.get(id);
    waiting.delete(id);
    if (type === "success") answer?.resolve(result);
    else answer?.reject(new Error(`${error}: ${text}`));
  });
  // Who waits for an answer of a browser that has gone is told.
  socket.on("close", () => { for (const { reject } of waiting.values()) reject(new Error("Firefox has gone")); });
  const send = (method, params) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params }));
  });
  return { send, on: (method, listener) => listeners.set(method, listener), close: () => socket.terminate() };
}
