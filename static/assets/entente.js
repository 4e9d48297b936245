// Default theme behaviour. Everything here improves a page that already works without it.
(() => {
  'use strict';
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const root = document.documentElement, base = new URL(document.body.dataset.root || './', location.href);
  const fine = matchMedia('(hover: hover) and (pointer: fine)');

  // Colour scheme: automatic, light, dark.
  const tb = $('.themebtn');
  const sayTheme = () => tb.setAttribute('aria-label', tb.dataset[root.dataset.theme || 'auto']);
  if (tb) { sayTheme(); tb.onclick = () => {
    const next = { undefined: 'light', light: 'dark', dark: '' }[root.dataset.theme];
    next ? root.dataset.theme = next : delete root.dataset.theme;
    try { next ? localStorage.setItem('theme', next) : localStorage.removeItem('theme'); } catch { }
    sayTheme();
  }; }

  // Search loads on first use; on its own page at once.
  const words = $('.masthead').dataset, search = () => import(new URL(words.client, base)), finder = $('[data-finder]');
  const openSearch = (q = '') => finder ? ($('input', finder)?.focus()) : search().then(m => m.open(base, q)).catch(() => { location.href = new URL('search/#a-z', base); });
  if (finder) search().then(m => m.page(base, finder)).then(() => back()).catch(() => { });
  const searches = () => { for (const a of $$('[data-search]')) a.onclick = e => { if (e.ctrlKey || e.metaKey) return; e.preventDefault(); openSearch(a.hasAttribute('data-from-path') ? location.pathname.replace(/[\W_]+/g, ' ').trim() : ''); }; };
  addEventListener('keydown', e => {
    const typing = /^(input|textarea|select)$/i.test(e.target.tagName) || e.target.isContentEditable;
    if ((e.key === 'k' && (e.ctrlKey || e.metaKey)) || (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey)) { e.preventDefault(); openSearch(); }
  });

  // Offline reading, on sites that ask for it; never in the preview.
  if (words.offline && !$('script[data-client]')) navigator.serviceWorker?.register(new URL(words.offline, base)).catch(() => { });

  // Contents list: closed on narrow pages, scroll-spy on wide ones.
  const mq = matchMedia('(min-width: 78rem)'), fit = () => { const toc = $('.toc'); if (toc) toc.open = mq.matches; }; mq.onchange = fit; fit();
  let spy, raf; const look = () => { raf ||= requestAnimationFrame(() => { raf = 0; spy?.(); }); }; addEventListener('scroll', look, { passive: true });
  const contents = () => {
    const toc = $('.toc'); spy = null; if (!toc) return;
    const links = new Map($$('a', toc).map(a => [decodeURIComponent(a.hash.slice(1)), a])), heads = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
    let now; if (heads.length) spy = () => {
      let c = heads[0]; for (const h of heads) if (h.getBoundingClientRect().top < innerHeight * .3) c = h;
      if (innerHeight + scrollY >= root.scrollHeight - 4) c = heads.at(-1);
      if (c === now) return; for (const a of links.values()) a.removeAttribute('aria-current'); now = c;
      const a = links.get(c.id); a.setAttribute('aria-current', 'true');
      const rail = toc.closest('.rail'); if (rail && rail.scrollHeight > rail.clientHeight) rail.scrollTop = a.offsetTop - rail.clientHeight / 2;
    };
    look(); toc.onclick = e => { if (e.target.closest('a') && !mq.matches) toc.open = false; };
  };

  // Popovers: one box for definitions, notes and page previews.
  const EXPLAINED = 'a.term, a.ref, a.fact', PLAIN = '.toc, .crumbs, .pager, .part, .letters, .views, .self, .backref, .chip, [role=option], [download], svg a';
  // pointed gives the link under the pointer that can show something: a term, a note, a figure, or any page of this site.
  const pointed = node => {
    const a = node.closest?.('main a[href]');
    if (!a || a.matches(EXPLAINED)) return a;
    if (a.matches(PLAIN.split(', ').map(x => `:is(${x})`).join()) || a.closest(PLAIN) || a.origin !== location.origin || !/(\/|\.html)$/.test(a.pathname)) return null;
    return a.pathname === location.pathname && a.hash.length < 2 ? null : a;
  };
  let pop, owner, timer, cache = new Map();
  const el = (t, c, x) => { const n = document.createElement(t); if (c) n.className = c; if (x) n.textContent = x; return n; };
  const build = () => {
    pop = el('div', 'pop'); pop.id = 'pop'; pop.setAttribute('popover', 'manual'); document.body.append(pop);
    pop.onpointerenter = () => clearTimeout(timer); pop.onpointerleave = () => hide(150);
  };
  const show = (a, nodes) => {
    if (!nodes) return; pop || build();
    if (owner && owner !== a) owner.removeAttribute('aria-describedby');
    pop.replaceChildren(...nodes); owner = a; a.setAttribute('aria-describedby', 'pop');
    if (pop.matches(':popover-open')) pop.hidePopover();
    try { pop.showPopover({ source: a }); } catch { pop.showPopover(); }
  };
  const drop = () => { if (pop?.matches(':popover-open')) pop.hidePopover(); owner?.removeAttribute('aria-describedby'); owner = null; };
  const hide = (ms = 0) => { clearTimeout(timer); timer = setTimeout(drop, ms); };
  const content = async a => {
    if (a.matches('.term')) {
      let d = document.getElementById('def-' + a.dataset.term), dt, dd;
      if (d) { dt = d.firstChild.textContent; dd = d.lastChild.textContent; }
      else { const doc = await page(a); d = doc?.getElementById(a.dataset.term); if (!d) return; dt = $('dt', d).textContent; dd = $('.d', d).textContent; }
      const more = el('p', 'more'), l = el('a', '', words.glossary); l.href = a.href; more.append(l);
      return [el('h2', '', dt), el('p', '', dd), more];
    }
    if (a.matches('.fact')) {
      const out = [el('h2', '', a.textContent), el('p', '', a.dataset.why + '.')]; if (a.dataset.src) out.push(el('p', 'facts', words.source + ' ' + a.dataset.src));
      const more = el('p', 'more'), l = el('a', '', words.record); l.href = a.href; more.append(l); return [...out, more];
    }
    if (a.matches('.ref')) { const n = $(a.getAttribute('href')); if (!n) return; const p = el('p'); p.append(...[...n.childNodes].map(x => x.cloneNode(true))); $('.backref', p)?.remove(); return [p]; }
    const here = a.pathname === location.pathname, doc = here ? document : await page(a); if (!doc) return;
    const spot = a.hash.length > 1 && doc.getElementById(decodeURIComponent(a.hash.slice(1)));
    if (spot && spot.id !== 'top') return part(spot, here ? '' : $('h1', doc)?.textContent);
    if (here || !$('h1', doc)) return;
    const out = [], tags = $('.head .tags', doc); if (tags) out.push(tags.cloneNode(true));
    out.push(el('h2', '', $('h1', doc)?.textContent), el('p', '', $('.lede', doc)?.textContent));
    const facts = el('p', 'facts');
    for (const r of $$('.infobox dl > div', doc)) { const big = $('.big', r), t = $('time', r); if ((big || t) && facts.children.length < 3) { const s = el('span', '', $('dt', r).textContent + ' '); s.append(el('b', '', (big || t).textContent)); facts.append(s); } }
    if (facts.children.length) out.push(facts);
    const chart = $('.maps svg.map, svg.plot.steps', doc); // a small picture of what the page draws
    if (chart && innerWidth > 640) { const f = el('div', 'minichart'), c = chart.cloneNode(true); c.removeAttribute('id'); c.setAttribute('aria-hidden', 'true'); if (!c.querySelector('use')) { f.append(c); out.push(f); } }
    return out;
  };
  // part shows a section by its heading and first paragraph, an entry of a list by its text.
  const part = (spot, of) => {
    const head = /^H\d$/.test(spot.tagName) ? spot : $('h1, h2, h3, h4, dt, cite', spot), title = el('h2', '', (head || spot).textContent.replace(/\s*#\s*$/, '').trim().slice(0, 120));
    let text = head === spot ? spot.nextElementSibling : $('.d, dd, p', spot);
    while (head === spot && text && !text.matches('p, ul, ol, dl, table, h1, h2')) text = $('p', text) || text.nextElementSibling;
    const out = [title];
    if (text && !text.matches('h1, h2')) { const t = text.textContent.replace(/\s+/g, ' ').trim(); out.push(el('p', '', t.length > 280 ? t.slice(0, t.lastIndexOf(' ', 270)) + ' …' : t)); }
    if (of) out.push(el('p', 'facts', of));
    return out;
  };
  const page = a => { const u = a.href.split('#')[0]; if (!cache.has(u)) cache.set(u, fetch(u).then(r => r.ok ? r.text() : '').then(t => t && new DOMParser().parseFromString(t, 'text/html')).catch(() => null)); return cache.get(u); };
  const open = (a, ms) => { clearTimeout(timer); if (owner === a) return; timer = setTimeout(async () => { const n = await content(a); if (n && (a.matches(':hover') || a === document.activeElement || a.dataset.tap)) show(a, n.map(x => document.importNode(x, true))); }, ms); };
  document.addEventListener('pointerover', e => { const a = e.pointerType === 'mouse' && pointed(e.target); if (a && !pop?.contains(a)) open(a, owner ? 120 : a.matches(EXPLAINED) ? 200 : 500); });
  document.addEventListener('pointerout', e => { if (e.pointerType === 'mouse' && pointed(e.target)) hide(220); });
  document.addEventListener('focusin', e => { const a = pointed(e.target); if (owner && owner !== a && !pop.contains(e.target)) drop(); if (a?.matches(':focus-visible')) open(a, a.matches(EXPLAINED) ? 0 : 500); else if (!pop?.contains(e.target)) hide(); });
  // On touch the first tap explains a term, a note or a figure, and the second follows; a long press shows any other page.
  let press, pressed;
  const lift = () => clearTimeout(press);
  document.addEventListener('pointerdown', e => {
    pressed = false;
    const a = e.pointerType !== 'mouse' && pointed(e.target);
    if (a && !pop?.contains(a)) press = setTimeout(() => { pressed = true; a.dataset.tap = 1; open(a, 0); }, 500);
  });
  for (const n of ['pointerup', 'pointercancel', 'pointermove']) document.addEventListener(n, e => { if (n !== 'pointermove' || Math.hypot(e.movementX, e.movementY) > 6) lift(); });
  document.addEventListener('contextmenu', e => { if (pressed && pointed(e.target)) e.preventDefault(); });
  document.addEventListener('click', e => {
    const a = pointed(e.target), tap = a && !fine.matches && owner !== a && !pop?.contains(a);
    if (pressed && a) { e.preventDefault(); pressed = false; } else if (tap && a.matches(EXPLAINED)) { e.preventDefault(); a.dataset.tap = 1; open(a, 0); } else if (owner && !pop.contains(e.target)) hide();
  });
  addEventListener('keydown', e => { if (e.key === 'Escape' && owner) { e.preventDefault(); hide(); } });

  // Copy buttons.
  const copies = () => { for (const b of $$('[data-copy]')) b.onclick = async () => {
    const label = $('span', b), was = label.textContent, done = b.closest('.cite').dataset;
    try { await navigator.clipboard.writeText(b.previousElementSibling.textContent); label.textContent = done.copied; } catch { getSelection().selectAllChildren(b.previousElementSibling); label.textContent = done.selected; }
    setTimeout(() => { label.textContent = was; }, 1600);
  };
    for (const b of $$('[data-save]')) b.onclick = () => {
      const style = $$('dt', b.closest('.cite')).find(d => d.textContent === b.textContent), a = document.createElement('a');
      a.href = URL.createObjectURL(new Blob([$('span', style.nextElementSibling).textContent.replace(/\n/g, '\r\n') + '\r\n']));
      a.download = (location.pathname.split('/').at(-2) || 'citation') + '.' + b.dataset.save; a.click(); URL.revokeObjectURL(a.href);
    }; };

  // Filter box for long lists (glossary).
  const filters = () => { for (const f of $$('[data-filter]')) {
    const items = $$(f.dataset.filter).map(n => [n, fold(n.textContent)]), groups = $$(f.dataset.group), out = $('[role=status]', f), all = out.textContent;
    const run = () => { const q = fold($('input', f).value.trim()); let k = 0; for (const [n, t] of items) { n.hidden = !t.includes(q); k += !n.hidden; } for (const g of groups) g.hidden = !$$('.g', g).some(n => !n.hidden); out.textContent = q ? (k ? f.dataset.some.replace('{k}', k) : f.dataset.none) : all; };
    const box = $('input', f); box.value ||= new URLSearchParams(location.search).get('q') || '';
    f.oninput = () => { run(); history.replaceState(null, '', '?q=' + encodeURIComponent(box.value)); }; f.onsubmit = e => e.preventDefault(); if (box.value) run();
  } };
  function fold(s) { return s.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, ''); }

  // All of it again when the preview has put new elements into the page.
  const dress = () => { cache.clear(); for (const f of [searches, contents, copies, filters]) f(); };
  dress(); document.addEventListener('entente:changed', dress);

  // What the sheet put off is laid out piece by piece after first paint, so that no phone is busy for long before it answers.
  const late = $$('[data-late] :is(.ev, .g, .lanes, .links > li, .az > section)');
  const catchUp = () => {
    for (let n = 0, e; n < 300 && (e = late.shift()); n += 4 + e.getElementsByTagName('*').length) e.style.contentVisibility = 'visible';
    root.offsetHeight; // layout of this piece, now
    if (late.length) setTimeout(catchUp);
  };
  requestAnimationFrame(() => setTimeout(catchUp));

  // Back and forth: the page and its boxes stand where they stood, once scripts have drawn what was chosen.
  const boxes = () => [root, ...$$('.matrixwrap, .lanewrap')], was = history.state?.at;
  addEventListener('pagehide', () => history.replaceState({ at: boxes().map(b => [b.scrollLeft, b.scrollTop]) }, ''));
  const back = () => was?.forEach(([left, top], i) => boxes()[i]?.scrollTo({ left, top, behavior: 'instant' }));
  addEventListener('load', back);

  // Print: open what is folded.
  addEventListener('beforeprint', () => $$('main details').forEach(d => { d.dataset.was = d.open ? 1 : ''; d.open = true; }));
  addEventListener('afterprint', () => $$('[data-was]').forEach(d => { d.open = !!d.dataset.was; }));
})();
