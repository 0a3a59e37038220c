/** A kind of identifier. */
export type Kind =
  | "uscc" | "org" | "regno" | "id" | "permit" | "fpr" | "passport"
  | "travel-permit" | "mobile" | "division" | "docno" | "pledge" | "gtin" | "organic";

/** What somebody reads, in both languages. */
export interface Text { zh: string; en: string }

/** What is wrong or odd. Positions count from 1 in the normalised text. */
export interface Finding extends Text { code: string; position?: number; expected?: string }

/** A text that is right where the one that was typed is wrong. */
export interface Suggestion { value: string; slip: "look-alike" | "swapped" | "mistyped"; position: number }

/** A name that a division code stands or stood for, in those years. */
export interface Place { name: string; from?: number; until?: number }

/** A piece of a number, with its label and, where a table knows it, what it means. Divisions have Chinese names only. */
export interface Part extends Text {
  name: string;
  text: string;
  position: number;
  meaning?: Text;
  places?: Place[];
}

/** A right text: as it is printed, as it may be shown to others, what was normalised, what is odd. */
export interface Right {
  kind: Kind;
  result: "ok" | "warn";
  value: string;
  masked: string;
  /** What is compared, of a document number. */
  key?: string;
  changes: ("width" | "case" | "separators" | "invisible" | "brackets" | "country-code")[];
  warnings: Finding[];
  parts: Part[];
}

/** A wrong text: what is wrong, the main thing first, at most eight things, and what may have been meant. */
export interface Wrong {
  kind: Kind;
  result: "error";
  errors: Finding[];
  suggestions: Suggestion[];
}

export type Report = Right | Wrong;
