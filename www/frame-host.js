// @ts-check
// For a page that shows frames of ours: gives each the height that it asks for.
//   <script async src="https://…/assets/frame-host.js"></script>
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const ours = new URL(script.src).origin;
  const frames = () => [...document.querySelectorAll("iframe")];

  addEventListener("message", ({ data, origin, source }) => {
    if (origin !== ours || data?.type !== "credit-height") return;
    const { height } = data;
    if (!Number.isFinite(height) || height < 20 || height > 20000) return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    // An attribute, because a strict policy allows no inline style.
    if (frame) frame.height = String(Math.ceil(height));
  });

  /** @param {EventTarget | null} frame */
  const greet = (frame) => {
    if (!(frame instanceof HTMLIFrameElement) || !frame.src.startsWith(`${ours}/`)) return;
    // To anybody: it says nothing, and a frame that is still empty has no origin
    // of ours, which the console would be told.
    frame.contentWindow?.postMessage({ type: "credit-hello" }, "*");
  };
  frames().forEach(greet);
  document.addEventListener("load", ({ target }) => greet(target), true);
})();
