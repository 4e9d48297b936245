// Indicators: other states and measures than those drawn when the site was built. The choice lives in the address.
(function set() {
  document.addEventListener('entente:changed', set); // the preview has put new elements into the page
  const form = document.querySelector('.indform'); if (!form) return;
  const root = document.body.dataset.root, fig = form.closest('figure'), svgns = 'http://www.w3.org/2000/svg', picks = [...form.querySelectorAll('[name=s]')], files = {};
  const get = u => files[u] ??= fetch(root + u).then(r => r.json());
  const add = (to, tag, at, text = '') => { const e = document.createElementNS(svgns, tag); for (const k in at) e.setAttribute(k, at[k]); e.textContent = text; to.append(e); return e; };
  const draw = async push => {
    const chosen = picks.map(p => p.value).filter(Boolean), key = form.measure.value, data = await Promise.all(chosen.map(s => get(`states/${s}/years.json`))), names = chosen.map(s => [...picks[0].options].find(o => o.value === s).text);
    const all = data.flat(), years = all.map(r => r.year), to = Math.max(...years) + 1, sum = f => all.reduce((n, r) => n + (f(r) ? r[key] : 0), 0), total = sum(r => r);
    let first = Math.min(...years, to - 21), from = first; while (from < to - 21 && 10 * sum(r => r.year <= from) < total) from++; from = Math.floor(from / 10) * 10;
    const top = Math.max(1, ...all.map(r => r[key])), x = v => `${((v - from) / (to - from) * 100).toFixed(2)}%`, y = v => `${(100 - v / top * 92).toFixed(2)}%`, svg = fig.querySelector('svg.lines');
    fig.dataset.drawn = ''; svg.replaceChildren(); svg.setAttribute('aria-label', form.measure.selectedOptions[0].text + ': ' + names.join(', '));
    const unit = Math.max(1, Math.ceil(top / 4)), grid = add(svg, 'g', { class: 'grid' }), span = to - from, step = span > 400 ? 100 : span > 180 ? 50 : span > 90 ? 20 : span > 40 ? 10 : 5;
    add(svg, 'text', { x: 0, y: -4 }, form.dataset.unit.replace('{m}', form.measure.selectedOptions[0].text));
    fig.querySelector('.since').textContent = from > first ? form.dataset.since.replace('{y}', from) : '';
    for (let v = 0; v <= top; v += unit) { add(grid, 'line', { x1: 0, x2: '100%', y1: y(v), y2: y(v) }); if (v) add(svg, 'text', { x: 0, y: y(v), dy: -4 }, v); }
    for (let t = Math.ceil(from / step) * step, i = 0; t <= to; t += step, i++) { const at = (t - from) / span; if (at > .01 && at < .97) add(svg, 'text', { x: x(t), y: '100%', dy: 18, 'text-anchor': 'middle', class: i % 2 ? 'opt' : '' }, t); }
    data.map(rows => rows.filter(r => r.year >= from)).forEach((rows, i) => { const g = add(svg, 'g', { class: 'l' + (i + 1) }); rows.forEach((r, k) => { const n = rows[k + 1]; add(g, 'line', { x1: x(r.year), x2: x(n ? n.year : to), y1: y(r[key]), y2: y(r[key]) }); if (n && n[key] !== r[key]) add(g, 'line', { x1: x(n.year), x2: x(n.year), y1: y(r[key]), y2: y(n[key]) }); }); });
    const table = fig.querySelector('table'), el = (t, x, a = {}) => Object.assign(document.createElement(t), { textContent: x }, a), tr = cells => { const e = document.createElement('tr'); e.append(...cells); return e; };
    table.tHead.replaceChildren(tr([table.tHead.rows[0].cells[0], ...names.map(n => el('th', n, { scope: 'col', className: 'num' }))]));
    table.tBodies[0].replaceChildren(...[...new Set(all.map(r => r.year))].sort((a, b) => b - a).map(yr => tr([el('th', yr, { scope: 'row' }), ...data.map(rows => el('td', rows.find(r => r.year === yr)?.[key] ?? '', { className: 'num' }))])));
    fig.querySelectorAll('.legend li').forEach((li, i) => { li.hidden = !names[i]; if (names[i]) { const a = li.querySelector('a'); a.textContent = names[i]; a.href = `${root}states/${chosen[i]}/`; } });
    fig.querySelector('[role=status]').textContent = form.measure.selectedOptions[0].text + ': ' + names.map((n, i) => `${n} ${data[i].at(-1)[key]}`).join(', ');
    if (push) history.replaceState(null, '', '?' + new URLSearchParams({ s: chosen.join('.'), measure: key }) + location.hash);
  };
  get('compare/names.json').then(n => {
    const q = new URLSearchParams(location.search), want = q.get('s')?.split('.') ?? picks.map(p => p.dataset.s);
    picks.forEach((p, i) => { p.replaceChildren(new Option('–', ''), ...n.states.names.map(([id, t]) => new Option(t, id)).sort((a, b) => a.text.localeCompare(b.text))); p.value = want[i] ?? ''; });
    if (q.get('measure')) form.measure.value = q.get('measure');
    form.onchange = () => draw(true); form.onsubmit = e => e.preventDefault();
    if (q.get('s')) return draw(false);
  }).catch(() => { form.hidden = true; });
})();
