// @ts-check
/** What is told to the Rust side, by number: `call` in crates/credit-element. */
export const BEGIN = 0;
export const START = 1;
export const UPDATE = 2;
export const DESTROY = 3;
export const TOLD = 4;
export const ANSWERED = 5;
export const TICK = 6;
export const EXPECT = 7;
export const AGAIN = 8;
