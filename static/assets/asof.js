// Year sliders: of the maps, where shapes, list and count move together, and of the matrix. A year means its 31 December, the
// last year the day of the data. Spans are "from/until", each a year or "earliest~latest"; the end is the first year without.
(function set() {
  document.addEventListener('entente:changed', set); // the preview has put new elements into the page
  const pair = (s, d) => s ? s.split('~').map(Number) : [d, d];
  const read = s => s.split(' ').map(p => { const [a, b] = p.split('/'), f = pair(a, -1e9), u = pair(b, 1e9); return { f0: f[0], f1: f.at(-1), u0: u[0], u1: u.at(-1) }; });
  const at = (spans, y) => spans.some(s => s.f1 <= y && s.u0 > y) ? 2 : spans.some(s => s.f0 <= y && s.u1 > y) ? 1 : 0;
  const plural = new Intl.PluralRules(document.documentElement.lang || 'en');
  const day = (form, y) => y === +form.year.max ? form.dataset.last : form.dataset.day.replace('{year}', y);
  const start = (form, draw) => {
    const n = +new URLSearchParams(location.search).get('year'), input = form.year;
    const run = () => { form.querySelector('output').textContent = input.value; draw(+input.value); };
    input.oninput = run; form.onsubmit = e => e.preventDefault();
    input.onchange = () => history.replaceState(null, '', (+input.value === +input.max ? location.pathname : '?year=' + input.value) + location.hash);
    if (n && input.value === input.defaultValue) input.value = n;
    if (input.value !== input.defaultValue) run();
    return run;
  };
  for (const fig of document.querySelectorAll('.asof')) {
    const form = fig.querySelector('.yearbar'); if (!form) continue;
    const n = fig.querySelector('.asofn'), d = fig.querySelector('.asofd'), old = fig.querySelector('.old');
    const rows = [...fig.querySelectorAll('.roll li')].map(li => ({ li, spans: read(li.dataset.s), small: li.querySelector('small'), text: li.querySelector('small').textContent.replace(`, ${form.dataset.perhaps}`, ''), shapes: fig.querySelectorAll(`.map [data-m="${CSS.escape(li.dataset.m)}"]`) }));
    start(form, y => {
      let sure = 0, maybe = 0;
      for (const r of rows) {
        const on = at(r.spans, y), past = r.spans[0].f0 <= y; sure += on === 2; maybe += on > 0; r.li.hidden = !on; r.small.textContent = (r.spans.length > 1 ? r.text.replace(/^\d+/, (r.spans.find(s => s.f0 <= y && s.u1 > y) || r.spans[0]).f0) : r.text) + (on === 1 ? `, ${form.dataset.perhaps}` : '');
        for (const s of r.shapes) { s.classList.toggle('q', on === 1); s.classList.toggle('f', !on && past); s.classList.toggle('x', !on && !past); }
      }
      n.textContent = (n.dataset[plural.select(maybe)] ?? n.dataset.other).replace('{count}', sure === maybe ? sure : sure + '–' + maybe); d.textContent = day(form, y); old.hidden = y === +form.year.max && !form.dataset.old;
    });
  }
  const form = document.querySelector('.cmpform'); if (!form) return;
  const tbl = document.querySelector('.matrix'), status = form.querySelector('[role=status]'), asof = tbl.querySelector('.asof'), svg = {};
  const cells = [...tbl.querySelectorAll('td[data-s]')].map(td => ({ td, s: read(td.dataset.s) }));
  for (const th of tbl.querySelectorAll('thead th[class]')) svg[th.className] = th.querySelector('svg');
  const run = start(form, y => {
    let total = 0;
    for (const { td, s } of cells) {
      const on = at(s, y), o = td.className.match(/o-\w+/)[0], any = s.find(p => p.f0 <= y && p.u1 > y) || s.filter(p => p.f0 <= y).at(-1) || s[0], fut = !on && any.f0 > y, [t, sr] = td.children, from = any.f0 < -1e8 ? '' : any.f0;
      const look = (on ? 'in ' : fut ? 'fut ' : 'out ') + o, text = on ? from + (on === 1 ? '?' : '') : fut ? form.dataset.from.replace('{year}', from) : from + '–' + String(any.u0).slice((any.u0 / 100 | 0) === (parseInt(from) / 100 | 0) ? -2 : 0);
      if (td.className === look && t.textContent === text) continue;
      td.className = look; t.textContent = text;
      if (on) t.prepend(svg[o].cloneNode(true));
      sr.textContent = ' ' + form.dataset[on === 2 ? 'is' : on ? 'maybe' : fut ? 'notYet' : 'former'];
    }
    for (const b of tbl.tBodies) { let shown = 0; for (const r of [...b.rows].slice(1)) { const n = r.querySelectorAll('.in').length; r.lastElementChild.textContent = n; total += n; r.hidden = form.hide.checked && !n; shown += !r.hidden; } b.hidden = !shown; }
    status.textContent = form.dataset.status.replace('{n}', total).replace('{day}', day(form, y)); asof.textContent = day(form, y);
  });
  form.hide.onchange = run;
  for (const b of form.querySelectorAll('[data-year]')) b.onclick = () => { form.year.value = b.dataset.year; form.year.dispatchEvent(new Event('change')); run(); };
  run();
})();
