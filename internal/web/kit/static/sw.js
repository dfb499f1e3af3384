// Keeps the entry's page and its files, so that it opens without a signal. Nothing else is kept: every other answer is the server's, and the page
// that is kept holds nothing of anybody.
"use strict";
self.addEventListener("install", (e) => e.waitUntil((async () => {
  const cache = await caches.open(VERSION);
  await Promise.all(FILES.map(async (file) => {
    const res = await fetch(file, { redirect: "error", cache: "no-cache" });
    if (!res.ok) throw new Error(file + " " + res.status);
    await cache.put(file, res);
  }));
  await self.skipWaiting();
})()));
self.addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("field-") && name !== VERSION) await caches.delete(name);
  await self.clients.claim();
})()));
self.addEventListener("message", (e) => { if (e.data === "claim") e.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  const path = url.pathname + url.search;
  if (url.pathname.startsWith("/static/") && FILES.includes(path)) {
    e.respondWith(caches.match(path).then((kept) => kept || fetch(e.request)));
  } else if (e.request.mode === "navigate" && (url.pathname === "/" || url.pathname === "/field" || url.pathname.startsWith("/field/"))) {
    // One bar of signal may never answer: after six seconds the kept page is shown.
    e.respondWith(Promise.race([fetch(e.request), new Promise((_, no) => setTimeout(no, 6000))]).catch(async () => (await caches.match("/field/shell")) || Response.error()));
  }
});
