// Shows a page of its own where there is no network. It keeps nothing else: what the manual says
// always comes from the server, so that nobody reads an old version without knowing.
const CACHE = "sin-conexion-1";
const OFFLINE = "/sin-conexion";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE)));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
});
