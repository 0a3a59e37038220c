// @ts-check
// Lets the verify page work without a network: what was kept by verify.js is the
// answer when the server gives none. Nothing is believed because it was kept;
// the element checks it like anything else.

const worker = /** @type {any} */ (self);
const KEPT = "credit-verify";

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(answer(request));
});

/** @param {Request} request */
async function answer(request) {
  try {
    const response = await fetch(request);
    if (response.ok) {
      const cache = await caches.open(KEPT);
      // What is newer takes the place of what was kept, and nothing else comes in
      // but what a check needs.
      const known = await cache.match(request, { ignoreVary: true });
      if (known || /\/v1\/status\/|\/embed\//.test(request.url)) await cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const cache = await caches.open(KEPT);
    const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
