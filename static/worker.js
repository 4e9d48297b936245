// Offline reading. EDITION names the content of the whole site, SHELL what every page needs, WORDS what a reader is told; the
// build writes them in front of this text. A cache holds one edition and nothing else: a page is kept only if the site still
// is that edition after it was fetched, and the next edition takes over when it has fetched anew all that was kept.
const ROOT = new URL('./', self.location), CACHE = 'entente ' + ROOT.pathname + ' ' + EDITION;
const ours = async () => (await caches.keys()).filter(k => k.startsWith('entente ' + ROOT.pathname + ' '));
const fresh = url => fetch(url, { cache: 'no-store', credentials: 'same-origin' });
const current = () => fresh(new URL('sw.json', ROOT)).then(r => r.json()).then(x => x.edition === EDITION, () => false);

self.addEventListener('install', e => e.waitUntil((async () => {
  const kept = new Set(SHELL.map(x => new URL(x, ROOT).href));
  for (const k of await ours()) for (const r of await (await caches.open(k)).keys()) if (/\/$|\.html$/.test(new URL(r.url).pathname)) kept.add(r.url);
  const cache = await caches.open(CACHE);
  await Promise.all([...kept].map(async u => { const r = await fresh(u); if (r.ok) await cache.put(u, r); else if (SHELL.includes(u)) throw r.status; }));
  if (!await current()) { await caches.delete(CACHE); throw new Error('another edition was published meanwhile'); }
  await self.skipWaiting();
})()));

self.addEventListener('activate', e => e.waitUntil((async () => {
  for (const k of await ours()) if (k !== CACHE) await caches.delete(k);
  await self.clients.claim();
})()));

// keep puts an answer away if it is of this edition; else the browser, which asks for this script at each visit, is about to
// bring the next.
const keep = async (request, answer) => {
  if (!answer.ok || answer.type !== 'basic') return;
  if (await current()) await (await caches.open(CACHE)).put(request.url.split('#')[0], answer);
  else answer.body?.cancel();
};

const missing = async () => {
  const list = [];
  for (const r of await (await caches.open(CACHE)).keys()) if (/\/$/.test(new URL(r.url).pathname)) list.push(r.url);
  const links = await Promise.all(list.map(async u => {
    const title = (await (await caches.match(u)).text()).match(/<title>(.*?)( · |<)/);
    return `<li><a href="${u}">${title ? title[1] : u}</a></li>`;
  }));
  return new Response(`<!doctype html><html lang="${WORDS.lang}" dir="${WORDS.dir}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${WORDS.title}</title><link rel="stylesheet" href="${new URL(SHELL.find(x => x.endsWith('.css')), ROOT)}"><main class="page"><h1>${WORDS.title}</h1><p class="lede">${WORDS.text}</p><ul class="az">${links.sort().join('')}</ul></main>`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'self'; font-src 'self'" } });
};

self.addEventListener('fetch', e => {
  const url = new URL(e.request.url);
  if (e.request.method !== 'GET' || url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return;
  // Pages and data come from the network while there is one; assets and the parts of the index carry hashes in their names.
  const page = e.request.mode === 'navigate' || /\/$/.test(url.pathname), fixed = !page && /^(assets|search)\//.test(url.pathname.slice(ROOT.pathname.length));
  e.respondWith((async () => {
    const kept = () => caches.match(e.request, { cacheName: CACHE, ignoreSearch: page }); // to open the store would make one that was removed again
    if (fixed) { const hit = await kept(); if (hit) return hit; }
    try {
      const answer = await fetch(e.request);
      e.waitUntil(keep(e.request, answer.clone()));
      return answer;
    } catch (failure) {
      const hit = await kept();
      if (hit) return hit;
      if (e.request.mode === 'navigate') return missing();
      throw failure;
    }
  })());
});
