import { useState } from "react";
import { createRoot } from "react-dom/client";

const FIRMS = ["91120102MATEXT01X4", "93120102MATEXT01XX", "51120102MATEXT01X8"];

function App() {
  const [code, setCode] = useState(FIRMS[0]);
  const [firms, setFirms] = useState(FIRMS);
  const [open, setOpen] = useState(true);
  const [ready, setReady] = useState(0);
  const [chosen, setChosen] = useState("");
  const [clicks, setClicks] = useState(0);
  const act = (change) => () => { setClicks(clicks + 1); change(); };
  return (
    <main>
      <h1>组件框架的页面</h1>
      <p>事件 <span id="ready">{ready}</span>，选择 <span id="chosen">{chosen}</span>，点击 <span id="clicks">{clicks}</span></p>
      <button id="change" onClick={act(() => setCode(FIRMS[1]))}>换一家</button>
      <button id="reverse" onClick={act(() => setFirms([...firms].reverse()))}>倒序</button>
      <button id="toggle" onClick={act(() => setOpen(!open))}>收起</button>
      <credit-card id="main" code={code} lang={code === FIRMS[0] ? "zh-CN" : "en"} oncredit-ready={() => setReady((count) => count + 1)}>
        <a href="/">信用名片</a>
      </credit-card>
      <ul id="list">{open && firms.map((firm) => <li key={firm}><credit-badge code={firm} /></li>)}</ul>
      <credit-query oncredit-select={(event) => setChosen(event.detail.code)} />
    </main>
  );
}

createRoot(document.getElementById("app")).render(<App />);
