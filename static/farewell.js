// This site keeps nothing for offline reading: a worker that it once had gives way, with all that it kept.
self.addEventListener('install', () => { self.skipWaiting(); });
self.addEventListener('activate', e => e.waitUntil((async () => {
  const root = new URL('./', self.location).pathname;
  for (const k of await caches.keys()) if (k.startsWith('entente ' + root + ' ')) await caches.delete(k);
  await self.registration.unregister();
})()));
