// Follows the preview server: a new snapshot is fetched and morphed into the page, so that scroll, focus and open details stay.
(() => {
  const dev = window.ententeDev, here = () => location.pathname + location.search;
  let version = null, wait = 250;
  const keep = { callbacks: { beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS') && !(name === 'value' && node === document.activeElement) && name !== 'aria-current', beforeNodeRemoved: n => !(n.tagName === 'ENTENTE-DEV' || n.id === 'pop' || n.tagName === 'DIALOG') } };
  const mark = el => { const block = el?.closest?.('[data-line]'); if (!block) return; const r = block.getBoundingClientRect(); if (r.bottom < 0 || r.top > innerHeight) block.scrollIntoView({ block: 'center' }); block.animate([{ backgroundColor: 'color-mix(in srgb, Highlight 22%, transparent)' }, {}], { duration: 1200 }); };
  async function refresh(text) {
    const r = await fetch(here(), { headers: { accept: 'text/html' } }), doc = new DOMParser().parseFromString(await r.text(), 'text/html');
    const sheets = d => [...d.querySelectorAll('link[rel=stylesheet]')], now = sheets(document), next = sheets(doc);
    next.forEach((l, i) => { const url = new URL(l.getAttribute('href'), location.href).href; if (now[i] && now[i].href !== url) { const fresh = l.cloneNode(); fresh.href = url; fresh.onload = () => now[i].remove(); now[i].after(fresh); } });
    const scripts = d => [...d.querySelectorAll('head script[src]')].map(s => new URL(s.getAttribute('src'), location.href).pathname).join();
    if (scripts(document) !== scripts(doc)) { location.reload(); return; }
    const main = document.querySelector('main'), fresh = doc.querySelector('main'); let changed;
    if (!main || !fresh) { location.reload(); return; }
    const watch = new MutationObserver(list => { changed ||= list[0]?.target; }); watch.observe(main, { subtree: true, childList: true, characterData: true });
    Idiomorph.morph(main, fresh, keep); document.title = doc.title;
    await Promise.resolve(); watch.disconnect(); mark(changed?.nodeType === 3 ? changed.parentElement : changed); if (text) dev.ok(text);
  }
  dev.open = p => fetch('/-/open', { method: 'POST', body: JSON.stringify({ file: p.file, line: p.line, col: p.col }) });
  document.addEventListener('click', e => { const b = (e.altKey) && e.target.closest?.('[data-line]'); if (b) { e.preventDefault(); dev.open({ file: b.closest('[data-file]')?.dataset.file || '', page: here(), line: +b.dataset.line, col: 1 }); } }, true);
  function listen() {
    const es = new EventSource('/-/events');
    es.onopen = () => { wait = 250; };
    es.onmessage = async m => {
      const s = JSON.parse(m.data); const first = version === null; if (s.version === version && !s.problems.length) return;
      const moved = s.version !== version; version = s.version;
      if (!first && moved) await refresh(s.problems.length ? '' : s.text).catch(() => {});
      if (s.problems.length) dev.problems(s.problems, { at: s.at }); else if (first) dev.close();
    };
    es.onerror = () => { es.close(); dev.lost(); setTimeout(listen, wait = Math.min(wait * 2, 4000)); };
  }
  listen();
})();
