export * from "./credit_checks.js";
export { default } from "./credit_checks.js";
