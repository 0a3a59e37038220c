// A page in React, built by Vite.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { connect } from "credit-widgets";
import type {} from "credit-widgets/react";

const asked = new URLSearchParams(location.search);
await connect({ api: "https://credit.example.cn", roots: [asked.get("root") ?? ""] });

function App() {
  const [code, setCode] = useState("91120102MATEXT01X4");
  const [selected, setSelected] = useState("");
  return (
    <StrictMode>
      <h1>React</h1>
      <p id="selected">{selected}</p>
      <button onClick={() => setCode("93120102MATEXT01XX")}>另一家</button>
      <credit-badge code={code} lang="zh-CN"></credit-badge>
      <credit-card code={code} theme="light"></credit-card>
      <Query onSelect={setSelected} />
    </StrictMode>
  );
}

function Query({ onSelect }: { onSelect: (code: string) => void }) {
  return (
    <credit-query
      ref={(element) => {
        const listener = (event: Event) => onSelect((event as CustomEvent<{ code: string }>).detail.code);
        element?.addEventListener("credit-select", listener);
        return () => element?.removeEventListener("credit-select", listener);
      }}
    ></credit-query>
  );
}

createRoot(document.getElementById("app") as HTMLElement).render(<App />);
