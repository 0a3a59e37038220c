// Themes and sizes on a narrow screen.
import assert from "node:assert/strict";
import { CODE, NAME, test } from "../harness.mjs";
import * as page from "../page.mjs";

const NARROW = 320;
const LOOKS = [{ theme: "light" }, { theme: "dark" }, { theme: "contrast" }, { size: "large" }, { size: "large", theme: "contrast", lang: "en" }];
const ELEMENTS = [
  ["credit-badge", { code: CODE }],
  ["credit-card", { code: CODE }, ".qr path"],
  ["credit-query", { q: "津味" }],
  ["credit-report", { code: CODE }, ".qr path"],
];

// In a frame, because WebKit's window does not get so narrow.
for (const look of LOOKS) {
  test(`looks: ${Object.values(look).join(", ")} fits ${NARROW} px and can be read`, async (world) => {
    for (const [tag, attributes, late] of ELEMENTS) {
      await world.frame([[tag, { ...attributes, ...look }]], { width: NARROW, height: 1200, style: "border: 0" }, { lang: look.lang });
      assert.equal(await world.run(() => innerWidth), NARROW);
      await world.sees(tag, NAME);
      if (late) await world.part(tag, late);
      const [wide, sticking] = await world.run(page.overflow, tag);
      assert.ok(wide <= 0, `${tag}: the page is ${wide} px too wide`);
      assert.deepEqual(sticking, [], `${tag}: parts are cut off`);
      const { word, behind } = await world.run(page.dress, tag, NAME);
      const [dark, bright] = [word, behind].sort((one, other) => one - other);
      const contrast = (bright + 0.05) / (dark + 0.05);
      assert.ok(contrast >= (look.theme === "contrast" ? 7 : 4.5), `${tag}: the contrast is ${contrast}`);
      if (look.theme === "dark") assert.ok(behind < 0.2, `${tag}: dark is ${behind}`);
      if (look.theme === "light") assert.ok(behind > 0.8, `${tag}: light is ${behind}`);
      if (tag === "credit-card") await world.shot(`${world.engine}-${Object.values(look).join("-")}`);
    }
  });
}
