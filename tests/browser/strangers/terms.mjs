// What may stand in a seen.json. A word that nobody knows is a mistake, not a
// wish that is passed over.

const text = (value) => typeof value === "string" && value !== "";
const any = (value) => value !== undefined;
const number = (value) => Number.isInteger(value);
const yes = (value) => value === true;
const string = (value) => typeof value === "string";
const list = (of) => (value) => Array.isArray(value) && value.length > 0 && value.every(of);
const optional = (check) => (value) => value === undefined || check(value);
const word = (value) => value === null || text(value);

/** What the network does to whatever `for` matches. */
const RULE = {
  for: text,
  status: optional(number), headers: optional((value) => Object.values(value).every(text)), body: optional(string),
  abort: optional(text), // the error, as Playwright calls it
  hold: optional(text), // until a step releases it by this name
  tamper: optional(number), // this part of a token gets another letter
  cut: optional(number), // so many bytes come
  type: optional(text), // the right bytes under another content type
};

/** What a step may be, by its first word. */
const STEPS = {
  // What a visitor sees of an element: its text above all, state and trust beside.
  see: {
    see: text, text: list(text), not: optional(list(text)), state: optional(text), trust: optional(word),
    nth: optional(number), count: optional(number), readable: optional(yes), in: optional(text),
  },
  // Nothing of it is seen.
  unseen: { unseen: text },
  // Each does what it is for, with the demo subject and a verified verdict.
  works: { works: list((tag) => ["credit-badge", "credit-card", "credit-query"].includes(tag)), in: optional(text) },
  fill: { fill: text, with: string },
  click: { click: text },
  wait: { wait: text },
  scroll: { scroll: text },
  open: { open: string },
  back: { back: yes },
  script: { script: text },
  network: { network: (value) => Array.isArray(value) && value.every(isRule) },
  release: { release: text },
  later: { later: number },
  media: { media: text },
  // What the page itself still can: an expression of its own and its value.
  host: { host: text, is: any },
  asked: { asked: text, times: number },
  shot: { shot: text },
};

const CASE = {
  case: text,
  host: optional(text),
  lacks: optional(list(text)),
  before: optional(text),
  bundle: optional(text),
  network: optional(list(isRule)),
  console: optional(list(text)),
  steps: list(isStep),
};

function matches(value, terms, what) {
  for (const key of Object.keys(value)) if (!(key in terms)) throw new Error(`${what} has "${key}", which nobody knows`);
  for (const [key, check] of Object.entries(terms)) {
    if (!check(value[key])) throw new Error(`${what}: "${key}" is ${JSON.stringify(value[key])}`);
  }
  return true;
}

function isRule(rule) {
  return matches(rule, RULE, `the rule for ${rule.for}`);
}

function isStep(step) {
  const verb = verbOf(step);
  if (!verb) throw new Error(`no step: ${JSON.stringify(step)}`);
  if (verb === "asked") new RegExp(step.asked);
  return matches(step, STEPS[verb], `the step ${JSON.stringify(step)}`);
}

/** The word that says what a step is. */
export const verbOf = (step) => Object.keys(STEPS).find((verb) => Object.keys(step)[0] === verb);

/** Reads what a folder says, or says what is wrong with it. */
export function read(json, folder) {
  const told = JSON.parse(json);
  matches(told, CASE, folder);
  if (!told.steps.some((step) => "see" in step || "works" in step)) throw new Error(`${folder} looks at nothing`);
  return told;
}
