// What the types must not let through; it is checked and never run.
import type {} from "credit-widgets/react";
import { connect } from "credit-widgets";

// @ts-expect-error no such theme
export const theme = <credit-badge code="91120102MATEXT01X4" theme="pink" />;
// @ts-expect-error no such attribute
export const attribute = <credit-badge cod="91120102MATEXT01X4" />;
// @ts-expect-error no such element
export const element = <credit-bagde />;
// @ts-expect-error without roots nothing can be verified
export const server = connect({ api: "https://credit.example.cn" });

const query = document.createElement("credit-query");
query.addEventListener("credit-select", (event) => {
  const code: string = event.detail.code;
  // @ts-expect-error no such detail
  return [code, event.detail.name];
});
