// Timeline: choosing by era, body, region, kind and weight. The choice lives in the address; list and drawing show the same
// entries, and the drawing closes the gaps by packing its lanes again, in the order in which they stand.
(function set() {
  document.addEventListener('entente:changed', set); // the preview has put new elements into the page
  const form = document.querySelector('.tlform'), out = form.querySelector('[role=status]'), noun = form.dataset.noun, st = new URLSearchParams(location.search);
  const sections = [...document.querySelectorAll('.tlpage > section')], decades = [...document.querySelectorAll('.decade')];
  const NAMES = ['era', 'body', 'region'], all = n => `${n} ${noun}`, name = x => x.e.id.replace(/^p\d+-/, '');
  // The bodies to choose from are those that the entries lead to.
  const bodies = new Map(), slugs = e => [...e.querySelectorAll('.evm a')].map(a => { const slug = a.getAttribute('href').match(/organisations\/([^/]+)\/$/)?.[1]; if (slug) bodies.set(slug, a.textContent); return slug; });
  let evs, total;
  const load = () => {
    if (evs) return;
    const marks = new Map([...document.querySelectorAll('.lanes .it')].map(a => [a.dataset.i || a.getAttribute('href').slice(1), a]));
    evs = [...document.querySelectorAll('.tlpage .ev')].map(e => ({ e, d: marks.get(e.id), era: e.closest('section').firstElementChild.id, a: form.body ? slugs(e) : [], r: (e.dataset.r || '').split(' '), k: (e.className + e.querySelector('use')?.getAttribute('href')).match(/[ #]k-(\w+)/)[1], i: +e.className.match(/ i(\d)/)[1] }));
    total = new Set(evs.map(name)).size;
    if (form.body) form.body.length = 1, form.body.append(...[...bodies].sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang)).map(([slug, name]) => new Option(name, slug)));
  };
  if (st.size) load();
  for (const n of NAMES) if (form[n] && [...form[n].options].some(o => o.value === st.get(n))) form[n].value = st.get(n);
  for (const k of (st.get('kind') || '').split('.')) { const c = form.querySelector(`[name=kind][value="${CSS.escape(k)}"]`); if (c) c.checked = true; }
  if (form.detail && st.get('detail')) form.detail.value = st.get('detail');
  const pack = svg => {
    const ends = [], list = [...svg.querySelectorAll('.it')].filter(a => !a.classList.contains('off'));
    for (const a of list) { const { x, width } = a.getBBox(); let n = ends.findIndex(e => e + 6 <= x); if (n < 0) n = ends.length; ends[n] = x + width; a.setAttribute('transform', `translate(0 ${n * 32 + 37})`); }
    svg.setAttribute('height', ends.length * 32 + 34);
  };
  const run = push => {
    load();
    const v = Object.fromEntries(NAMES.map(n => [n, form[n]?.value || ''])), ks = [...form.querySelectorAll('[name=kind]:checked')].map(c => c.value), d = +(form.detail?.value || 3), seen = new Set();
    for (const x of evs) {
      const off = !!(v.era && x.era !== v.era || v.body && !x.a.includes(v.body) || v.region && !x.r.includes(v.region) || ks.length && !ks.includes(x.k) || x.i > d);
      x.e.hidden = off; x.d?.classList.toggle('off', off); if (!off) seen.add(name(x));
    }
    for (const g of decades) g.hidden = !g.querySelector('.ev:not([hidden])');
    for (const s of sections) { s.hidden = !s.querySelector('.ev:not([hidden])'); const svg = s.querySelector('.lanes'); if (svg && !s.hidden) pack(svg); }
    form.querySelector('[type=reset]').hidden = seen.size === total;
    out.textContent = seen.size === total ? all(total) : form.dataset.some.replace('{k}', seen.size).replace('{n}', all(total));
    if (push) { const q = new URLSearchParams(); for (const n of NAMES) if (v[n]) q.set(n, v[n]); if (ks.length) q.set('kind', ks.join('.')); if (d < 3) q.set('detail', d); history.replaceState(null, '', (q.size ? '?' + q : location.pathname) + location.hash); }
  };
  form.onchange = () => run(true); form.onreset = () => setTimeout(run, 0, true); form.onsubmit = e => e.preventDefault(); if (st.size) run(false); else (window.requestIdleCallback ?? setTimeout)(load);
})();
