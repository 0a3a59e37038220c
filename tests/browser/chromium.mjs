// Debian's Chromium, and nothing of it that asks for anything by itself.
import { chromium } from "playwright-core";

/** A name that leads here and is not loopback: a page of it is no secure context. */
export const STRANGER = "shop.example";

const ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  `--host-resolver-rules=MAP ${STRANGER} 127.0.0.1`,
];

/** @param {import("playwright-core").LaunchOptions} [options] */
export const launch = (options = {}) =>
  chromium.launch({ executablePath: process.env.CREDIT_CHROMIUM ?? "/usr/bin/chromium", args: ARGS, ...options });
