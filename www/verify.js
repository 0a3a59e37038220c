// @ts-check
// The verify page: hands what stands behind `#` to the element, and keeps what
// it needs for the day without a network. What stands there never leaves here.

const element = document.querySelector("credit-verify");

function hand() {
  const brought = location.hash.slice(1);
  if (brought) element?.setAttribute("token", brought);
}

hand();
addEventListener("hashchange", hand);

/** Puts the page and all that it has loaded beside it for later. */
async function keep() {
  const cache = await caches.open("credit-verify");
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const ours = loaded.filter((address) => new URL(address).origin === location.origin);
  const wanted = ["/verify", "/.well-known/keyset.jwt", ...ours].map((address) => new URL(address, location.href).href);
  // One address twice, and nothing would be kept.
  await cache.addAll([...new Set(wanted)]).catch(() => {});
}

// Pages that are not served securely have neither.
if ("serviceWorker" in navigator && "caches" in window) {
  navigator.serviceWorker.register("/assets/verify-worker.js", { scope: "/verify" }).then(
    () => {
      if (element?.getAttribute("state") === "ready") void keep();
      else element?.addEventListener("credit-ready", () => void keep(), { once: true });
    },
    () => {}, // a browser that is told to keep nothing
  );
}
