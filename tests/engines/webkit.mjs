// WebKit, as Debian's WebKitGTK has it: the MiniBrowser on a screen of its own,
// by W3C WebDriver.
import { readdir } from "node:fs/promises";
import { click, keys } from "./input.mjs";
import { folder, freePort, missing, program } from "./programs.mjs";

export const name = "webkit";

/** The MiniBrowser lies in a folder of its version, below one of the machine. */
async function miniBrowser() {
  const below = async (path, sign) => {
    const names = await readdir(path).catch(() => []);
    return names.filter((name) => sign.test(name)).map((name) => `${path}/${name}`);
  };
  for (const machine of await below("/usr/lib", /-linux-/)) {
    for (const version of await below(machine, /^webkit(2)?gtk-/)) {
      const [program] = await below(version, /^MiniBrowser$/);
      if (program) return program;
    }
  }
  throw missing("MiniBrowser");
}

export async function start() {
  const started = [];
  const home = folder();
  const close = async () => {
    for (const { end } of started.reverse()) await end();
  };
  try {
    const binary = await miniBrowser();
    // It writes the number of the screen that it found free.
    const screen = await program("Xvfb", ["-displayfd", "1", "-screen", "0", "1400x1500x24", "-nolisten", "tcp"], {},
      (words) => /^(\d+)\n/m.exec(words)?.[1]);
    started.push(screen);
    const env = { DISPLAY: `:${screen.said}`, HOME: home, XDG_RUNTIME_DIR: home, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", NO_AT_BRIDGE: "1" };
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const isUp = () => fetch(`${address}/status`).then((response) => response.ok, () => false);
    started.push(await program("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], env, isUp));
    const options = { binary, args: ["--automation"] };
    const { sessionId } = await call(address, "POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } });
    return await session((method, path, body) => call(address, method, `/session/${sessionId}${path}`, body), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function call(address, method, path, body) {
  const response = await fetch(address + path, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function session(ask, close) {
  await ask("POST", "/timeouts", { script: 60_000, pageLoad: 60_000 });
  const driver = {
    open: (url) => ask("POST", "/url", { url }),
    async enter(number) {
      await ask("POST", "/frame", { id: null });
      if (number !== undefined) await ask("POST", "/frame", { id: number });
    },
    async run(script, ...given) {
      const answer = await ask("POST", "/execute/async", {
        script: `const [given, done] = arguments;
          (async () => (${script})(...JSON.parse(given)))().then(
            (value) => done(JSON.stringify({ value })),
            (error) => done(JSON.stringify({ error: String(error) })));`,
        args: [JSON.stringify(given)],
      });
      const { value, error } = JSON.parse(answer);
      if (error) throw new Error(error);
      return value;
    },
    keys: (text) => ask("POST", "/actions", { actions: keys(text) }),
    click: (x, y) => ask("POST", "/actions", { actions: click(x, y) }),
    resize: (width, height) => ask("POST", "/window/rect", { width, height }),
    picture: async () => Buffer.from(await ask("GET", "/screenshot"), "base64"),
    // It tells nobody what stands in the console; the plain page keeps it.
    complaints: () => driver.run(() => window.complaints?.splice(0) ?? []),
    async close() {
      await ask("DELETE", "").catch(() => {});
      await close();
    },
  };
  return driver;
}
