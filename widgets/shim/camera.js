// @ts-check
// Reads a QR code with the camera, where the browser can. Fetched when a visitor
// asks for it, and never before.

const TEXT = {
  zh: { close: "关闭摄像头", aim: "请将信用码放入画面" },
  en: { close: "Close the camera", aim: "Hold the credit pass in the picture" },
};

/** Whether this page can read codes with a camera. */
export async function canScan() {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  if (!Detector || !navigator.mediaDevices?.getUserMedia) return false;
  const formats = await Detector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}

/** Shows the camera behind `button` until it reads a code, and hands on what
 * the code says; nothing when the visitor closes it or it is not allowed.
 * @param {Element} button @returns {Promise<string | undefined>} */
export async function scan(button) {
  if (!(await canScan())) return undefined;
  const detector = new /** @type {any} */ (globalThis).BarcodeDetector({ formats: ["qr_code"] });
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return undefined; // not allowed, or there is none
  }
  const text = button.closest("[lang]")?.getAttribute("lang") === "en" ? TEXT.en : TEXT.zh;
  const frame = document.createElement("div");
  frame.className = "camera";
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.setAttribute("aria-label", text.aim);
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = text.close;
  frame.appendChild(video);
  frame.appendChild(close);
  button.parentNode?.insertBefore(frame, button.nextSibling);
  video.srcObject = stream;
  let open = true;
  close.addEventListener("click", (event) => {
    event.stopPropagation();
    open = false;
  });
  try {
    await video.play();
    while (open && frame.isConnected) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code?.rawValue) return code.rawValue;
      await new Promise((next) => requestAnimationFrame(next));
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    frame.parentNode?.removeChild(frame);
    /** @type {HTMLElement} */ (button).focus();
  }
}
