// @ts-check
// In a frame of ours: tells the page around it how high the content is.
// The page there sets the height with frame-host.js.

/** The origin around, once it is known. */
let around = webOrigin(document.referrer);
/** What it was told last. */
let told = 0;

/** @param {string} address @returns {string | undefined} */
function webOrigin(address) {
  return /^https?:\/\/[^/]+/i.test(address) ? new URL(address).origin : undefined;
}

function tell() {
  // The root's own box: scrollHeight is never below the frame's height, so that
  // a frame would grow and not shrink.
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (!around || height === told) return;
  told = height;
  parent.postMessage({ type: "credit-height", height }, around);
}

if (parent !== window) {
  // A page without referrer, or one whose script came later than the height,
  // makes itself known; only it is answered.
  addEventListener("message", ({ data, origin, source }) => {
    if (source !== parent || data?.type !== "credit-hello") return;
    around = webOrigin(origin);
    told = 0;
    tell();
  });
  new ResizeObserver(tell).observe(document.documentElement);
}
