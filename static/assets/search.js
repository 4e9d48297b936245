// Search dialog and client for the sharded index. Loaded on first use.
let dlg, input, list, base, meta, docs = new Map(), shards = new Map(), seq = 0, items = [], at = -1;
const NAMES = { topic: 'Topics', organisation: 'Alliances and bodies', state: 'States', treaty: 'Treaties', exercise: 'Exercises', operation: 'Operations', term: 'Glossary', event: 'Events' };
const GLYPH = { offence: 'M12 0v7H9.5V4.3L2 12 0 10 7.7 2.5H5V0z', topic: 'M1 2h10v1.6H1zM1 5.2h10v1.6H1zM1 8.4h6V10H1z', state: 'M2 12V0h8L7.5 3 10 6H3.6v6z', term: 'M1 4h10v1.6H1zM1 8h1.6v1.6H1zM4.2 8h1.6v1.6H4.2zM7.4 8H9v1.6H7.4z', event: 'M6 0l6 6-6 6-6-6z', organisation: 'M4 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM8 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', treaty: 'M2 0h6l2 2v10H2zM4 5h4v1H4zM4 8h4v1H4z', exercise: 'M0 6l6-6 6 6H9L6 3 3 6zM0 12l6-6 6 6H9L6 9l-3 3z', operation: 'M5 0h2v5h5v2H7v5H5V7H0V5h5z', defence: 'M6 0l6 2v4c0 3-2.5 5-6 6C2.5 11 0 9 0 6V2z', consultation: 'M0 1h12v8H7l-3 3V9H0z', nonaggression: 'M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zM2.5 4.8h7v2.4h-7z', neutrality: 'M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zM6 2.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z', cooperation: 'M4.5 0h3v4.5H12v3H7.5V12h-3V7.5H0v-3h4.5z' };
export const fold = s => s.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
export const tokens = s => fold(s).split(/[^\p{L}\p{N}]+/u).filter(w => w.length > 1);
const get = (u, json = true) => fetch(new URL('search/' + u, base)).then(r => { if (!r.ok) throw r.status; return json ? r.json() : r.text(); });

// A shard is a sorted list of terms, front coded: <shared prefix, base 36><rest>\t<impact><ids…>\t…
const decode = txt => { let prev = ''; return txt.split('\n').filter(Boolean).map(l => { const f = l.split('\t'), w = prev = prev.slice(0, parseInt(f[0][0], 36)) + f[0].slice(1); return [w, f.slice(1)]; }); };
const postings = fields => fields.flatMap(f => { let d = -1; return f.slice(1).split(' ').map(x => [d += parseInt(x, 36) + 1, +f[0]]); });
const shard = i => { if (!shards.has(i)) shards.set(i, get(`t${i}.txt`, false).then(decode)); return shards.get(i); };
const chunk = i => { if (!docs.has(i)) docs.set(i, get(`d${i}.json`)); return docs.get(i); };
const near = (a, b) => { // one edit apart
  if (Math.abs(a.length - b.length) > 1) return false; let i = 0, j = 0, e = 0;
  while (i < a.length && j < b.length) if (a[i] === b[j]) { i++; j++; } else { if (++e > 1) return false; if (a.length === b.length && a[i + 1] === b[j] && a[i] === b[j + 1]) { i += 2; j += 2; } else if (a.length > b.length) i++; else if (b.length > a.length) j++; else { i++; j++; } }
  return e + (a.length - i) + (b.length - j) <= 1;
};
async function word(w) {
  const B = meta.bounds; let lo = B.findLastIndex(b => b <= w); if (lo < 0) lo = 0; const ids = [lo];
  for (let k = lo + 1; k < B.length && B[k].startsWith(w) && ids.length < 4; k++) ids.push(k);
  const terms = (await Promise.all(ids.map(shard))).flat(); let hit = terms.filter(t => t[0].startsWith(w)), fuzzy = false;
  if (!hit.length && w.length > 3) { hit = terms.filter(t => near(w, t[0].slice(0, w.length + (t[0].length > w.length ? 1 : 0))) || near(w, t[0])); fuzzy = true; }
  const s = new Map(); for (const [t, f] of hit) { const k = t === w ? 1 : fuzzy ? .4 : .55 + .3 * w.length / t.length; for (const [d, q] of postings(f)) s.set(d, Math.max(s.get(d) || 0, k * q)); } return s;
}
export async function query(q) {
  meta ||= await get('meta.json'); const ws = [...new Set(tokens(q))]; if (!ws.length) return [];
  const maps = await Promise.all(ws.map(word)), score = new Map();
  maps.forEach(m => m.forEach((v, d) => { const s = score.get(d) || [0, 0]; s[0]++; s[1] += v; score.set(d, s); }));
  const best = Math.max(...[...score.values()].map(s => s[0]), 0);
  const top = [...score].filter(([, s]) => s[0] === best).sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0]).slice(0, 24);
  const phrase = fold(q.trim());
  const rows = await Promise.all(top.map(async ([d, s]) => { const r = (await chunk(Math.floor(d / meta.chunk)))[d % meta.chunk], t = fold(r[0]), other = fold(r[7] || '').split('|'), exact = t === phrase || fold(r[6] || '') === phrase ? 20 : other.includes(phrase) ? 16 : 0; return { title: r[0], url: r[1], kind: r[2], sum: r[3], obl: r[4], year: r[5], short: r[6], score: s[1] + (exact || (t.startsWith(phrase) ? 8 : 0)) + ({ organisation: 2, state: 1.5, event: -1.5 }[r[2]] || 0) }; }));
  return rows.sort((a, b) => b.score - a.score);
}
const h = (t, p = {}, ...c) => { const n = document.createElement(t); for (const k in p) n.setAttribute(k, p[k]); n.append(...c); return n; };
const glyph = d => { const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); s.setAttribute('class', 'gl'); s.setAttribute('viewBox', '0 0 12 12'); s.setAttribute('aria-hidden', 'true'); const p = document.createElementNS(s.namespaceURI, 'path'); p.setAttribute('d', d); p.setAttribute('fill-rule', 'evenodd'); s.append(p); return s; };
const marked = (text, ws) => { const f = fold(text); if (f.length !== text.length) return [text]; const out = []; let i = 0; const rx = new RegExp('(?<![\\p{L}\\p{N}])(' + ws.map(w => w.replace(/[^\p{L}\p{N}]/gu, '')).join('|') + ')', 'gu'); for (const m of f.matchAll(rx)) { out.push(text.slice(i, m.index), h('mark', {}, text.slice(m.index, m.index + m[0].length))); i = m.index + m[0].length; } out.push(text.slice(i)); return out; };
function render(rows, q) {
  list.replaceChildren(); list.dataset.for = q; items = []; at = -1; const ws = tokens(q); input.removeAttribute('aria-activedescendant');
  const status = dlg.querySelector('[role=status]');
  if (!rows.length) { status.textContent = q.trim() ? 'No results' : ''; list.append(h('p', { class: 'none' }, q.trim().length > 1 ? `Nothing found for “${q.trim()}”. Try fewer letters, or browse the index.` : 'Type at least two letters. Try “casus”, “Poland 1999” or “tripwire”.')); input.setAttribute('aria-expanded', 'false'); return; }
  const groups = Object.keys(NAMES).map(k => [k, rows.filter(r => r.kind === k).slice(0, k === 'event' || k === 'state' ? 4 : 5)]).filter(g => g[1].length).sort((a, b) => b[1][0].score - a[1][0].score);
  for (const [k, rs] of groups) {
    const g = h('div', { role: 'group', 'aria-labelledby': 'g-' + k }, h('div', { class: 'gh', id: 'g-' + k }, NAMES[k]));
    for (const r of rs) { const o = h('a', { role: 'option', id: 'o' + items.length, href: new URL(r.url, base).href, tabindex: '-1', 'aria-selected': 'false', class: r.obl ? 'o-' + r.obl : '' }, glyph(GLYPH[r.obl || r.kind]), h('b', {}, ...marked(r.title, ws), ...(r.short && r.short !== r.title ? [' ', h('i', {}, ...marked(r.short, ws))] : [])), h('span', { class: 'yr' }, r.year || ''), h('small', {}, r.sum)); o.onpointermove = () => pick(items.indexOf(o), false); items.push(o); g.append(o); }
    list.append(g);
  }
  input.setAttribute('aria-expanded', 'true'); status.textContent = items.length + ' results'; pick(0); list.scrollTop = 0;
}
function pick(i, scroll = true) { items[at]?.setAttribute('aria-selected', 'false'); at = (i + items.length) % items.length; const o = items[at]; if (!o) return; o.setAttribute('aria-selected', 'true'); input.setAttribute('aria-activedescendant', o.id); if (scroll) o.scrollIntoView({ block: 'nearest' }); }
function build() {
  input = h('input', { type: 'search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'hits', 'aria-autocomplete': 'list', 'aria-label': 'Search this work', placeholder: 'Search this work', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go' });
  list = h('div', { class: 'res', role: 'listbox', id: 'hits', 'aria-label': 'Results' });
  const close = h('button', { type: 'button', class: 'iconbtn', 'aria-label': 'Close search' }, h('kbd', {}, 'Esc')); close.onclick = () => dlg.close();
  dlg = h('dialog', { class: 'search', 'aria-label': 'Search' }, h('form', { role: 'search' }, glyph('M5 0a5 5 0 1 0 3 9l3 3 1-1-3-3a5 5 0 0 0-4-8zM5 1.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z'), input, close), list, h('footer', {}, h('span', {}, h('kbd', {}, '↑'), ' ', h('kbd', {}, '↓'), ' choose'), h('span', {}, h('kbd', {}, '↵'), ' open'), h('span', { role: 'status' })));
  document.body.append(dlg);
  dlg.querySelector('form').onsubmit = e => { e.preventDefault(); items[at]?.click(); };
  dlg.onclick = e => { if (e.target === dlg || e.target.closest('[role=option]')) dlg.close(); };
  input.oninput = async () => { const n = ++seq, q = input.value; const rows = q.trim().length > 1 ? await query(q).catch(() => []) : []; if (n === seq) render(rows, q); };
  input.onkeydown = e => { if (e.key === 'ArrowDown' && items.length) pick(at + 1); else if (e.key === 'ArrowUp' && items.length) pick(at - 1); else if (e.key === 'Home' && items.length && e.ctrlKey) pick(0); else if (e.key === 'End' && items.length && e.ctrlKey) pick(items.length - 1); else return; e.preventDefault(); };
}
export function open(b, q = '') { base = b; dlg || build(); if (!dlg.open) dlg.showModal(); if (q) input.value = q; input.select(); input.oninput(); }
