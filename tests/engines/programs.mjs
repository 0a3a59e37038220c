// Programs that this runner starts. Each leads a process group of its own, which
// is ended by its id: browsers have children, and none may outlive the run.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** What a machine needs for both engines. */
const PACKAGES = "firefox-esr webkit2gtk-driver xvfb fonts-noto-cjk";

const running = new Set();
const folders = [];
process.on("exit", () => {
  for (const child of running) signal(child, "SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => process.exit(1));

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // the whole group has ended
  }
}

export const missing = (what) => new Error(`${what} is missing: install the Debian packages ${PACKAGES}`);

/** Polls `ask` until it answers with something, for so many milliseconds. */
export async function until(what, ask, within = 30_000) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(typeof what === "function" ? what() : what);
    await pause(30);
  }
}

/** A folder for a browser's files, which is gone when this ends. */
export function folder() {
  const made = mkdtempSync(join(tmpdir(), "credit-engines-"));
  folders.push(made);
  return made;
}

/** A port of this machine that was free a moment ago. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program and waits until `ready` finds something in what it says. */
export async function program(command, args, env, ready) {
  const child = spawn(command, args, { detached: true, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let [words, failure] = ["", undefined];
  child.on("error", (error) => { failure = error.code === "ENOENT" ? missing(command) : error; });
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.once("exit", (code, signal) => { failure ??= new Error(`${command} ended with ${code ?? signal}: ${words}`); });
  if (child.pid) running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => { words = (words + text).slice(-4000); });
  }
  const end = async () => {
    if (!running.has(child)) return;
    signal(child, "SIGTERM");
    await Promise.race([ended, pause(5000)]);
    signal(child, "SIGKILL");
    await ended;
    running.delete(child);
  };
  try {
    const said = await until(() => `${command} does not start: ${words}`, async () => {
      if (failure) throw failure;
      return ready(words);
    });
    return { said, end };
  } catch (error) {
    await end();
    throw error;
  }
}
