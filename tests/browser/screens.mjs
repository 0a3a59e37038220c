// Pictures of every page of the parts: node screens.mjs ADDRESS FOLDER PART…
import { launch } from "./chromium.mjs";

const [address, folder, ...parts] = process.argv.slice(2);
const PRESENTATIONS = [
  ["zh", 1280, { lang: "zh-CN" }],
  ["en", 1280, { lang: "en" }],
  ["zh-phone", 360, { lang: "zh-CN" }],
  ["en-phone-large", 360, { lang: "en", size: "large" }],
  ["zh-large", 1280, { lang: "zh-CN", size: "large" }],
  ["zh-dark", 1280, { lang: "zh-CN", theme: "dark" }],
  ["zh-contrast", 1280, { lang: "zh-CN", theme: "contrast" }],
];
const browser = await launch();
let taken = 0;
for (const [name, width, presentation] of PRESENTATIONS) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  for (const part of parts) {
    await page.goto(`${address}/${part}/?${new URLSearchParams(presentation)}`);
    await page.locator("#states[data-shown]").waitFor();
    await page.screenshot({ path: `${folder}/${part}-${name}.png`, fullPage: true });
    taken += 1;
    process.stderr.write(`\r${taken} of ${parts.length * PRESENTATIONS.length}`);
  }
  await page.close();
}
process.stderr.write("\n");
await browser.close();
console.log(`${taken} pictures in ${folder}`);
if (taken === 0) process.exit(1);
