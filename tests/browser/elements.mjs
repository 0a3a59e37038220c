// The one list of elements. Each passes every case of the contract.
import { API } from "./harness.mjs";
import { own } from "./own.mjs";

const CODE = "91120102MATEXT01X4";
const NAME = "示例市海河津味食品有限公司";
const OTHER = "93120102MATEXT01XX";
const OTHER_NAME = "示例区绿叶蔬菜专业合作社";

const pass = async (code) => (await fetch(`${API}/v1/cards/${code}/pass`)).text();

/** Attributes that work, what is then seen, a change and what is seen after it,
 * a bad value, where Tab lands, and what has to be done before. */
export const ELEMENTS = [
  {
    tag: "credit-badge", good: { code: CODE }, seen: NAME, signed: true,
    change: { code: OTHER }, seenAfter: OTHER_NAME, bad: { code: "9112" }, named: "code", tabs: "A",
    english: "Verified",
  },
  {
    tag: "credit-card", good: { code: CODE }, seen: NAME, signed: true,
    change: { code: OTHER }, seenAfter: OTHER_NAME, bad: { issuer: "nobody" }, named: "issuer", tabs: "A",
    english: "Legal form",
  },
  {
    tag: "credit-verify", good: { token: await pass(CODE) }, seen: NAME, signed: true,
    change: { token: await pass(OTHER) }, seenAfter: OTHER_NAME, bad: { issuer: "nobody" }, named: "issuer", tabs: "TEXTAREA",
    english: "Paste the link",
  },
  {
    tag: "credit-report", good: { code: CODE }, seen: NAME, signed: true, late: ".qr path",
    change: { code: OTHER }, seenAfter: OTHER_NAME, bad: { issuer: "nobody" }, named: "issuer", tabs: "A",
    english: "Public credit report",
  },
  {
    tag: "credit-query", good: { q: "海河津味" }, seen: NAME, signed: false,
    change: { q: "绿叶" }, seenAfter: OTHER_NAME, bad: { code: "x" }, named: "code", tabs: "INPUT",
    english: "1 found",
  },
  {
    tag: "credit-wall", good: { area: "JQ-01" }, seen: "棉三文化街区", signed: false, late: ".tile >> nth=0",
    change: { area: "YQ-01" }, seenAfter: "二号桥科技产业园", bad: { mode: "party" }, named: "mode", tabs: "INPUT",
    english: "With a public commitment",
  },
  {
    tag: "credit-list", good: { list: "abnormal-operation" }, seen: "经营异常名录", signed: false, late: ".entry >> nth=0",
    change: { list: "judgments" }, seenAfter: "失信被执行人", bad: { list: "x".repeat(65) }, named: "list", tabs: "A",
    english: "How one comes onto it",
  },
  {
    tag: "credit-perks", good: { code: CODE }, seen: NAME, signed: false, late: "#scene",
    change: { code: OTHER }, seenAfter: OTHER_NAME, bad: { code: "9112" }, named: "code", tabs: "SELECT",
    english: "Can be used now",
  },
  {
    tag: "credit-inspect", good: { scheme: "tax" }, seen: "三年内不重复检查", signed: false,
    change: { scheme: "environment" }, seenAfter: "每月一次", bad: { code: "x" }, named: "code", tabs: "SELECT",
    english: "Share inspected",
  },
  {
    tag: "credit-trace", good: { trace: "2008120102015" }, seen: "津味桂花糕", signed: false,
    change: { trace: "12326000000000001" }, seenAfter: "有机红豆馅", bad: { trace: "9".repeat(201) }, named: "trace", tabs: "INPUT",
    english: "Recognised as GTIN",
  },
  {
    tag: "credit-check", good: {}, seen: "把文件拖到这里", signed: false,
    change: { lang: "en" }, seenAfter: "Choose a file", bad: { dataset: "fines" }, named: "dataset", tabs: "INPUT",
    english: "never sent",
  },
  {
    tag: "credit-self", good: {}, seen: "我已阅读并同意", signed: false,
    change: { lang: "en" }, seenAfter: "I have read and agree", bad: { theme: "pink" }, named: "theme", tabs: "DIV",
    english: "Query my records", prepare: own,
  },
];
export { CODE, NAME, OTHER, OTHER_NAME };
