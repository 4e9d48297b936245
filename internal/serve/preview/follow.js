// Keeps an open page in step with its source: new HTML is morphed into the old,
// so that scroll, focus, open details and typed text stay.
(() => {
  const panel = window.ententePreview, script = document.currentScript, { client } = script.dataset;
  const here = () => location.pathname + location.search, calm = matchMedia('(prefers-reduced-motion: reduce)');
  const TAG = 'script[src="/-/preview.js"]', TYPED = 'input, textarea, select, [contenteditable]';
  let { hash } = script.dataset, base = null, data = 0, lost = false, touched = 0;
  panel.note(script.dataset.note);

  const fetchPage = async () => new DOMParser().parseFromString(await (await fetch(here(), { headers: { accept: 'text/html' } })).text(), 'text/html');
  const hashOf = doc => doc.querySelector(TAG)?.dataset.hash;
  const absolute = url => new URL(url, location.href).href;

  // Blocks that a change can be seen in, innermost only, and what is in them
  // apart from where they stand in the source.
  const blocks = doc => { const all = [...doc.querySelectorAll('main :is([data-line], h1, .lede, tr, dt, dd, .ev, figcaption)')], outer = new Set(); for (const b of all) for (let p = b.parentElement; p && !outer.has(p); p = p.parentElement) outer.add(p); return all.filter(b => !outer.has(b)); };
  const texts = list => list.map(b => b.outerHTML.replace(/ data-line="\d+"/g, ''));
  // changed gives the places in the list of those that were not there before.
  function changed(before, after) {
    const a = texts(before), b = texts(after); let from = 0, back = 0;
    while (from < a.length && from < b.length && a[from] === b[from]) from++;
    while (back < a.length - from && back < b.length - from && a[a.length - 1 - back] === b[b.length - 1 - back]) back++;
    const known = new Set(a.slice(from, a.length - back));
    return b.map((text, i) => i).slice(from, b.length - back).filter(i => !known.has(b[i]));
  }
  function busy() {
    const at = document.activeElement;
    return Date.now() - touched < 1500 || at?.matches(TYPED) || !!document.querySelector('dialog[open]');
  }
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(kind, e => { if (e.isTrusted) touched = Date.now(); }, { passive: true, capture: true });
  function mark(list, text) {
    if (!list.length) { panel.say(text); return; }
    const box = list[0].getBoundingClientRect(), away = box.bottom < 0 || box.top > innerHeight;
    const look = () => list[0].scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
    const glow = () => { for (const b of list.slice(0, 20)) {
      const on = { backgroundColor: 'color-mix(in srgb, Highlight 24%, transparent)' };
      b.dataset.changed = ''; b.animate([on, calm.matches ? on : {}], { duration: 1600 }).finished.catch(() => {}).then(() => { delete b.dataset.changed; });
    } };
    glow();
    if (!away) panel.say(text); else if (busy()) panel.say(text, { ms: 6000, act: { text: 'Show', run: () => { look(); glow(); } } }); else { look(); panel.say(text); }
  }

  // What cannot be morphed needs a new page: other scripts, another policy, another kind of page.
  const frame = d => JSON.stringify([[...d.querySelectorAll('script[src]')].map(s => absolute(s.getAttribute('src'))), d.documentElement.lang, d.documentElement.dir, d.body.className, d.body.dataset.root, !!d.querySelector('main'), [...d.querySelectorAll('meta[http-equiv]')].map(m => m.content)]);
  // Our own scripts set themselves up again; what others have made of the page nobody knows.
  const special = d => [...d.querySelectorAll('script[src]')].some(s => !/\/(boot|entente|preview|asof|compare|indicators|network|timeline)(\.[0-9a-f]+)?\.js$/.test(s.getAttribute('src')));
  const parts = d => [...d.body.children].filter(e => !panel.parts.includes(e) && e.tagName !== 'SCRIPT');
  const dirty = n => n.matches?.('input, textarea') && (n.value !== n.defaultValue || n.checked !== n.defaultChecked);
  // What scripts draw they draw again when they have the new data: figures, the box of search, lists of choices.
  const drawn = (old, fresh) => old.matches?.('[data-drawn], [data-finder]') || (old.tagName === 'SELECT' && !fresh.options.length);
  const keep = { ignoreActiveValue: true, callbacks: {
    beforeAttributeUpdated: (name, node) => !(name === 'open' && /^(DETAILS|DIALOG)$/.test(node.tagName)) && !(name === 'aria-current' && node.closest('.toc')) && name !== 'data-changed',
    beforeNodeMorphed: (old, fresh) => !dirty(old) && !drawn(old, fresh),
  } };

  // Details by what they are called: morphing may make one anew, closed.
  const folds = () => { const seen = {}; return new Map([...document.querySelectorAll('details')].map(d => { const name = d.id || d.querySelector('summary')?.textContent; return [`${name} ${seen[name] = (seen[name] ?? 0) + 1}`, { was: d.open, set open(v) { d.open = v; } }]; })); };
  const choices = () => [...document.querySelectorAll('select')].map(s => [s, s.value]);
  async function swapSheets(doc) {
    const sheets = d => [...d.querySelectorAll('link[rel=stylesheet]')], now = sheets(document).filter(l => !l.dataset.leaving);
    await Promise.all(sheets(doc).map((l, i) => swap(now[i], absolute(l.getAttribute('href')))));
  }
  const swap = (old, url) => old && old.href !== url && new Promise(done => {
    const fresh = old.cloneNode(); fresh.href = url; old.dataset.leaving = '';
    fresh.onload = () => { old.remove(); done(); }; fresh.onerror = () => { old.remove(); done(); }; old.after(fresh);
  });
  // Files whose names stay when they change are asked for once more.
  async function again(assets, version) {
    const named = url => { const u = new URL(url, location.href); return u.origin === location.origin && assets.includes(decodeURI(u.pathname).slice(1)); }, fresh = url => { const u = new URL(url, location.href); u.searchParams.set('v', version); return u.href; };
    if ([...document.scripts].some(s => s.src && named(s.src))) { location.reload(); return; }
    for (const n of document.querySelectorAll('img[src], source[src], video[src], audio[src]')) if (named(n.src)) n.src = fresh(n.src);
    await Promise.all([...document.querySelectorAll('link[rel=stylesheet]')].filter(l => named(l.href)).map(l => swap(l, fresh(l.href))));
  }

  const tellScripts = () => document.dispatchEvent(new CustomEvent('entente:changed'));
  async function refresh(text) {
    const doc = await fetchPage(), tag = doc.querySelector(TAG), old = base?.body ? base : document;
    if (!tag || !hash || frame(doc) !== frame(base ?? document)) { location.reload(); return; }
    await swapSheets(doc);
    const was = base && parts(base), next = parts(doc), now = parts(document);
    const stale = next.map((n, i) => !was || was.length !== next.length || was[i].outerHTML !== n.outerHTML);
    if (next.some((n, i) => now[i]?.tagName !== n.tagName) || (special(doc) && stale.some(Boolean))) { location.reload(); return; }
    const which = changed(blocks(old), blocks(doc));
    const kept = new DOMParser().parseFromString(doc.documentElement.outerHTML, 'text/html'); // morphing takes nodes out of doc
    const opened = folds(), chosen = choices(); next.forEach((n, i) => { if (stale[i]) Idiomorph.morph(now[i], n, keep); });
    for (const [key, d] of folds()) if (opened.has(key)) d.open = opened.get(key).was;
    for (const [s, value] of chosen) if ([...s.options].some(o => o.value === value)) s.value = value;
    document.title = kept.title; for (const m of document.querySelectorAll('meta[name]')) { const f = kept.querySelector(`meta[name="${m.name}"]${m.media ? `[media="${m.media}"]` : ''}`); if (f) m.content = f.content; }
    base = kept; hash = tag.dataset.hash; script.dataset.hash = hash; panel.note(tag.dataset.note);
    const list = blocks(document), marked = stale.some(Boolean) && list.length === blocks(kept).length ? which.map(i => list[i]) : [];
    tellScripts(); mark(marked, text);
  }

  async function hear(m) {
    if (!m) { lost = true; panel.say('The preview has stopped. Trying again…', { cls: 'lost', ms: 0 }); return; }
    if (m.client !== client) { location.reload(); return; }
    if (lost) { lost = false; panel.say('The preview is back'); }
    panel.problems(m);
    const next = m.pages[location.pathname];
    if (m.assets.length) await again(m.assets, m.version);
    if (next && next !== hash) await refresh(m.text && `Updated: ${m.text}`);
    else if (data !== m.data && document.querySelector('[data-drawn]')) tellScripts();
    else if (!base && next) { const doc = await fetchPage(); if (hashOf(doc) === hash) base = doc; }
    data = m.data; script.dataset.ready = '';
  }
  let turn = Promise.resolve(); const listen = m => { turn = turn.then(() => hear(m)).catch(() => {}); };

  // All tabs share one stream where the browser can, else each has its own.
  let port, source;
  function join() {
    try {
      port ??= new SharedWorker('/-/worker.js', { name: client }).port; port.onmessage = e => listen(e.data); port.postMessage(location.pathname); return;
    } catch { port = null; }
    let wait = 100; const open = () => {
      source = new EventSource('/-/events?page=' + encodeURIComponent(location.pathname));
      source.onmessage = e => { wait = 100; listen(JSON.parse(e.data)); };
      source.onerror = () => { source.close(); listen(null); setTimeout(open, wait = Math.min(wait * 1.5, 2000)); };
    };
    open();
  }
  addEventListener('pagehide', () => { port?.postMessage(''); source?.close(); });
  addEventListener('pageshow', e => { if (e.persisted) join(); });
  join();

  // Alt and a click open the source of a block in the editor.
  panel.open = async at => {
    const r = await fetch('/-/open', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ page: location.pathname, file: '', line: 0, col: 1, ...at }) });
    if (!r.ok) { panel.say((await r.text()).trim(), { cls: 'error', ms: 5000 }); return; }
    const { file, link, opened } = await r.json();
    if (link) { const a = document.createElement('a'); a.href = link; a.click(); } else if (!opened) { await navigator.clipboard?.writeText(file).catch(() => {}); panel.say(`${file} (copied; name your editor with --editor)`, { ms: 5000 }); return; }
    panel.say(`Opened ${file}`);
  };
  addEventListener('click', e => {
    const block = e.altKey && e.button === 0 && (e.target.closest?.('[data-line]') ?? e.target.closest?.('main')); if (!block) return;
    e.preventDefault(); e.stopPropagation();
    panel.open({ line: +(block.dataset.line ?? 0), file: block.closest('[data-file]')?.dataset.file ?? '' });
  }, true);
  const aim = new CSSStyleSheet(); aim.replaceSync('[data-line]:hover:not(:has([data-line]:hover)) { outline: 2px dashed Highlight; outline-offset: 2px; cursor: pointer; }'); aim.disabled = true;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, aim];
  for (const kind of ['keydown', 'keyup']) addEventListener(kind, e => { aim.disabled = !e.altKey; });
  addEventListener('blur', () => { aim.disabled = true; });
})();
