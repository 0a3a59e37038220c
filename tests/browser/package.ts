// Compiled, never run: what a TypeScript user may write and what not.
import init, { check, checkLines, describe, kinds, type Kind, type Report } from "credit-checks";

await init();
const report: Report = check("uscc", "91120102MATEXT01X4");
if (report.result === "error") {
  const first: string = report.errors[0].zh;
  const offered: string[] = report.suggestions.map((suggestion) => suggestion.value);
  void [first, offered];
} else {
  const warning: string | undefined = report.warnings[0]?.code;
  const until: number | undefined = report.parts[0].places?.[0].until;
  void [report.value, report.masked, warning, until];
}
const numbers: Uint16Array = checkLines("id", new Uint8Array(), "2026-11-23");
const word: string | undefined = describe(numbers[0]);
const all: Kind[] = kinds();
void [word, all];

// @ts-expect-error none of the kinds
check("usccc", "91120102MATEXT01X4");
// @ts-expect-error a wrong text has no value
void (report.result === "error" && report.value);
