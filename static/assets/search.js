// Search: the client of the sharded index, and the box that shows what it finds. Loaded on first use. What the files hold is
// written in package search.

// Folding agrees with Fold in package search.
const LETTERS = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', '’': "'", ى: 'ي', ة: 'ه', 'ـ': '' };
export const fold = s => s.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f\u064b-\u0655]/g, '').normalize('NFC')
  .replace(/[øłđðıßæœþ’ىةـ]/g, c => LETTERS[c]);
const split = s => fold(s).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
export const tokens = s => split(s).filter(w => w.length > 1);
const LIKELY = { organisation: 2, state: 1.5, topic: .5, event: -1.5, section: -2, help: -7 };
const HASH = 5;

// client gives a function that searches; get(name, json) fetches a file of the index.
export function client(get) {
  const kept = new Map();
  const once = (name, json, decode = x => x) => kept.get(name) ?? kept.set(name, get(name, json).then(decode)).get(name);
  let meta;

  // A shard is a list of terms, each as <letters shared with the one before, base 36><rest>, with groups of documents.
  const decode = text => {
    let prev = '';
    return text.split('\n').slice(0, -1).map(l => {
      const f = l.split('\t');
      prev = prev.slice(0, parseInt(f[0][0], 36)) + f[0].slice(1);
      return [prev, f.slice(1)];
    });
  };
  const postings = groups => groups.flatMap(g => {
    let d = -1;
    return g.slice(1).split(' ').map(x => [d += parseInt(x, 36) + 1, +g[0]]);
  });
  // starting gives the lines of all terms with a beginning, from at most a few shards.
  async function starting(letter, begin, most = 4) {
    const list = meta[letter].map(x => [x.slice(0, -HASH - 1), x.slice(-HASH)]), ids = [];
    for (let i = Math.max(0, list.findLastIndex(([t]) => t <= begin)); i < list.length && ids.length < most; i++) {
      if (ids.length && !list[i][0].startsWith(begin)) break;
      ids.push(i);
    }
    const all = await Promise.all(ids.map(i => once(`${letter}${i}.${list[i][1]}.txt`, false, decode)));
    return all.flat().filter(([t]) => t.startsWith(begin));
  }

  // similar gives the words of names that a slip or two of the keyboard turn into w: near its beginning, and near its end.
  async function similar(w) {
    const slips = w.length < 4 ? 0 : w.length < 8 ? 1 : 2, back = [...w].reverse().join('');
    if (!slips) return [];
    const part = x => x.slice(0, Math.max(1, (w.length >> 1) - 1)), [front, rear] = await Promise.all([starting('n', part(w), 6), starting('r', part(back), 6)]);
    const words = new Set([...front.map(x => x[0]), ...rear.map(x => [...x[0]].reverse().join(''))]);
    return [...words].map(x => [x, slip(w, x, slips)]).filter(x => x[1] <= slips).sort((a, b) => a[1] - b[1]).slice(0, 5).map(x => x[0]);
  }

  // word gives documents with their scores, and what was meant if w itself is nowhere.
  async function word(w) {
    let lines = await starting('t', w), meant = [];
    const score = new Map(), put = (d, s) => score.set(d, Math.max(score.get(d) || 0, s));
    for (const [t, groups] of lines) for (const [d, q] of postings(groups)) put(d, q * (t === w ? 1 : .55 + .3 * w.length / t.length));
    if (!lines.length) {
      meant = await similar(w);
      for (const [i, m] of meant.entries()) {
        for (const [t, groups] of await starting('t', m, 1)) if (t === m) for (const [d, q] of postings(groups)) put(d, q * (.6 - .05 * i));
      }
    }
    return { score, meant, common: lines.some(([t, g]) => t === w && postings(g).length >= 300) };
  }

  // named raises documents whose whole name is, or begins with, the words.
  async function named(words, score, factor, hits) {
    const phrase = '=' + words.join(' ');
    for (const [t, groups] of await starting('t', phrase, 2)) {
      for (const [d, q] of postings(groups)) {
        const s = score.get(d) || [0, 0], plus = factor * (t === phrase ? 15 + 2 * q : q);
        score.set(d, [Math.max(s[0], hits), s[1] + Math.max(0, plus - (s[2] || 0)), Math.max(plus, s[2] || 0)]);
      }
    }
  }

  const kindOf = d => Object.keys(meta.kinds).find(k => d >= meta.kinds[k][0] && d < meta.kinds[k][1]);

  // within raises documents that some of the words name, the longest names that there are: "nato" in "when did sweden join nato".
  async function within(words, small, score) {
    const spans = words.slice(0, 9).map((_, i) => [3, 2, 1].map(n => words.slice(i, i + n)).filter((p, k) => p.length === 3 - k && p.length < words.length && p.some(w => !small.has(w))));
    const found = await Promise.all(spans.map(list => Promise.all(list.map(async p => [p.length, (await starting('t', '=' + p.join(' '), 1)).find(([t]) => t === '=' + p.join(' '))]))));
    for (let i = 0, n; i < spans.length; i += n) {
      const longest = found[i].find(x => x[1]);
      n = longest?.[0] || 1;
      for (const [d] of postings(longest?.[1][1] || [])) if (!/section|page|help/.test(kindOf(d))) {
        const s = score.get(d) || [0, 0];
        score.set(d, [s[0], s[1] + (n > 1 ? 6 : 4), s[2], true]);
      }
    }
  }

  const row = async d => {
    const i = Math.floor(d / meta.chunk), r = (await once(`d${i}.${meta.d.slice(i * HASH, i * HASH + HASH)}.json`, true))[d % meta.chunk];
    return { title: r[0], url: r[1], kind: r[2], sum: r[3], obl: r[4], year: r[5], short: r[6], other: (r[7] || '').split('|') };
  };

  // search gives the best results for a query, how many there are of each kind, and the words that count as found.
  async function search(q, { kind = '', period = '', most = 24 } = {}) {
    meta ||= await get('meta.json', true);
    const typed = split(q), small = new Set(split(meta.words.small)), score = new Map();
    if (!typed.length) return { rows: [], counts: {}, words: [], total: 0 };
    const telling = typed.filter(w => !small.has(w)), said = telling.length ? telling : typed; // words that say little count where there are no others, and in names
    const ws = [...new Set(said.filter(w => w.length > 1))];
    const found = await Promise.all(ws.map(word));
    for (const f of found) for (const [d, v] of f.score) {
      const s = score.get(d) || [0, 0];
      score.set(d, [s[0] + (f.common ? 0 : 1), s[1] + v]);
    }
    await named(typed, score, 1, said.length);
    if (said.length < typed.length) await named(said, score, .9, said.length);
    if (typed.length > 1) await named([typed.join('')], score, .8, said.length); // "peace keeping"
    await within(typed, small, score);
    const first = found.findIndex(f => f.meant.length);
    if (first >= 0) for (const [i, m] of found[first].meant.entries()) {
      await named(ws.map((w, k) => k === first ? m : found[k].meant[0] || w), score, .8 - .1 * i, ws.length);
    }
    const best = Math.max(0, ...[...score.values()].map(s => s[0]));
    let all = [...score].filter(([, s]) => s[0] === best || s[2] > 12 || s[3]);
    if (period !== '') {
      const bits = await once(`p.${meta.p}.txt`, false);
      all = all.filter(([d]) => parseInt(bits[d], 36) >> +period & 1);
    }
    const counts = {};
    for (const hit of all) { hit.push(kindOf(hit[0])); counts[hit[2]] = (counts[hit[2]] || 0) + 1; }
    if (kind) all = all.filter(x => x[2] === kind);
    const value = ([, s, k]) => s[1] - 3 * (best - s[0]) + (LIKELY[k] || 0);
    const top = all.sort((a, b) => value(b) - value(a) || a[0] - b[0]).slice(0, most);
    const rows = await Promise.all(top.map(async x => ({ ...await row(x[0]), score: value(x) })));
    return { rows, counts, total: all.length, words: [...ws, ...found.flatMap(f => f.meant)] };
  }
  return { search, meta: async () => meta ||= await get('meta.json', true) };
}

// slip counts the edits between two words: a letter more, less, other, or two exchanged; beyond most it does not matter.
function slip(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older, old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], older[j - 2] + 1);
    }
    older = old; old = now;
  }
  return old[b.length];
}

const GLYPH = {
  topic: 'M1 2h10v1.6H1zM1 5.2h10v1.6H1zM1 8.4h6V10H1z', section: 'M2 1h2v4h4V1h2v10H8V7H4v4H2z', state: 'M2 12V0h8L7.5 3 10 6H3.6v6z',
  term: 'M1 4h10v1.6H1zM1 8h1.6v1.6H1zM4.2 8h1.6v1.6H4.2zM7.4 8H9v1.6H7.4z', event: 'M6 0l6 6-6 6-6-6z',
  organisation: 'M4 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM8 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', treaty: 'M2 0h6l2 2v10H2zM4 5h4v1H4zM4 8h4v1H4z',
  exercise: 'M0 6l6-6 6 6H9L6 3 3 6zM0 12l6-6 6 6H9L6 9l-3 3z', operation: 'M5 0h2v5h5v2H7v5H5V7H0V5h5z',
  offence: 'M12 0v7H9.5V4.3L2 12 0 10 7.7 2.5H5V0z', defence: 'M6 0l6 2v4c0 3-2.5 5-6 6C2.5 11 0 9 0 6V2z', consultation: 'M0 1h12v8H7l-3 3V9H0z',
  nonaggression: 'M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zM2.5 4.8h7v2.4h-7z', neutrality: 'M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zM6 2.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z',
  cooperation: 'M4.5 0h3v4.5H12v3H7.5V12h-3V7.5H0v-3h4.5z', find: 'M5 0a5 5 0 1 0 3 9l3 3 1-1-3-3a5 5 0 0 0-4-8zM5 1.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
};
const PAGES = ['topic', 'organisation', 'state', 'treaty', 'exercise', 'operation'];
const h = (tag, attrs = {}, ...children) => {
  const n = document.createElement(tag);
  for (const k in attrs) n.setAttribute(k, attrs[k]);
  n.append(...children);
  return n;
};
const glyph = name => {
  const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), p = document.createElementNS(s.namespaceURI, 'path');
  s.setAttribute('class', 'gl'); s.setAttribute('viewBox', '0 0 12 12'); s.setAttribute('aria-hidden', 'true');
  p.setAttribute('d', GLYPH[name] || GLYPH.topic); p.setAttribute('fill-rule', 'evenodd');
  s.append(p);
  return s;
};
// marked gives a text with the words marked where words begin; a text whose folding changes its length stays as it is.
const marked = (text, words) => {
  const f = fold(text), out = [];
  if (f.length !== text.length || !words.length) return [text];
  let at = 0;
  for (const m of f.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'gu'))) {
    out.push(text.slice(at, m.index), h('mark', {}, text.slice(m.index, m.index + m[0].length)));
    at = m.index + m[0].length;
  }
  return [...out, text.slice(at)];
};
const has = (text, words) => words.some(w => tokens(text).some(t => t.startsWith(w)));

// finder makes the box: what is typed, facets, results. state is {q, kind, period}; changed is told of it.
async function finder(base, node, { most, state, changed = () => { }, more }) {
  const open = () => client((name, json) => fetch(new URL('search/' + name, base)).then(r => { if (!r.ok) throw r.status; return json ? r.json() : r.text(); }));
  let index = open();
  const { words: W, kinds, periods } = await index.meta();
  const id = node.id || 'hits', texts = new Map();
  const input = h('input', { type: 'search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': id + '-list', 'aria-autocomplete': 'list', 'aria-label': W.label, placeholder: W.label, autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go', maxlength: '120' });
  const list = h('div', { class: 'res', role: 'listbox', id: id + '-list', 'aria-label': W.title }), status = h('span', { role: 'status' }), note = h('p', { class: 'none' });
  const facets = h('div', { class: 'facets', role: 'group', 'aria-label': W.kinds }), span = h('select', { class: 'field', 'aria-label': W.periods }, h('option', { value: '' }, W.periods));
  for (let i = 0; i <= periods.length; i++) span.append(h('option', { value: String(i) }, W['p' + i]));
  const form = h('form', { role: 'search' }, glyph('find'), input, span), all = h('a', { class: 'all', href: new URL('search/', base).href });
  node.append(form, facets, note, list, h('footer', {}, h('span', {}, h('kbd', {}, '↑'), ' ', h('kbd', {}, '↓'), ' ' + W.choose), h('span', {}, h('kbd', {}, '↵'), ' ' + W.open), status, ...(more ? [all] : [])));
  let items = [], at = -1, turn = 0;

  const pick = (i, scroll = true) => {
    items[at]?.setAttribute('aria-selected', 'false');
    const o = items[at = (i + items.length) % items.length];
    if (!o) return;
    o.setAttribute('aria-selected', 'true'); input.setAttribute('aria-activedescendant', o.id);
    if (scroll) o.scrollIntoView({ block: 'nearest' });
  };
  const option = (r, words) => {
    const alias = !has(r.title, words) && !has(r.short || '', words) && r.other.find(o => has(o, words)), name = alias || (r.short !== r.title && r.short);
    const o = h('a', { role: 'option', id: `${id}-${items.length}`, href: new URL(r.url, base).href, tabindex: '-1', 'aria-selected': 'false', class: r.obl ? 'o-' + r.obl : '' },
      glyph(r.obl || r.kind), h('b', {}, ...marked(r.title, words), ...(name ? [' ', h('i', {}, ...marked(name, words))] : [])), h('span', { class: 'yr' }, r.year || ''), h('small', {}, ...marked(r.sum, words)));
    o.onpointermove = () => pick(items.indexOf(o), false);
    if (PAGES.includes(r.kind) && ![r.title, r.short || '', r.sum, ...r.other].some(x => has(x, words))) o.dataset.excerpt = '';
    items.push(o);
    return o;
  };
  // excerpt shows where the words stand in a page that names them only in its text.
  const excerpt = async (o, words) => {
    const url = o.href;
    if (!texts.has(url)) texts.set(url, fetch(url).then(r => r.text()).then(t => [...new DOMParser().parseFromString(t, 'text/html').querySelectorAll('.body p, .body li')].map(p => p.textContent.replace(/\s+/g, ' '))).catch(() => []));
    const p = (await texts.get(url)).find(x => has(x, words));
    if (!p) return;
    const f = fold(p), i = Math.max(0, Math.min(...words.map(w => f.search(new RegExp(`(?<![\\p{L}\\p{N}])${w}`, 'u'))).filter(x => x >= 0)));
    const from = i < 60 ? 0 : p.lastIndexOf(' ', i - 40) + 1;
    o.querySelector('small').replaceChildren(...marked((from ? '… ' : '') + p.slice(from, from + 160) + (p.length > from + 160 ? '…' : ''), words));
  };
  const chip = (kind, text, n) => {
    const b = h('button', { type: 'button', class: 'chip', 'aria-pressed': String(state.kind === kind) }, text, h('small', {}, ' ' + n));
    b.onclick = () => { state.kind = kind; run(); };
    return b;
  };
  const show = ({ rows, counts, words, total }) => {
    const q = state.q.trim(), groups = new Map();
    items = []; at = -1; input.removeAttribute('aria-activedescendant'); list.replaceChildren(); list.dataset.for = state.q;
    for (const r of rows) groups.set(r.kind, [...(groups.get(r.kind) || []), r]);
    const shown = Object.keys(kinds).filter(k => counts[k]), sum = shown.reduce((n, k) => n + counts[k], 0);
    facets.replaceChildren(...(shown.length > 1 || state.kind ? [chip('', W.all, sum), ...shown.map(k => chip(k, W['k-' + k], counts[k]))] : []));
    for (const [k, rs] of groups) {
      const g = h('div', { role: 'group', 'aria-labelledby': `${id}-g-${k}` }, h('div', { class: 'gh', id: `${id}-g-${k}` }, W['k-' + k]));
      for (const r of state.kind ? rs : rs.slice(0, k === 'topic' || k === 'organisation' ? 6 : 4)) g.append(option(r, words));
      list.append(g);
    }
    note.textContent = items.length ? '' : q.length > 1 ? W.none.replace('{q}', q) : W.empty;
    list.hidden = !items.length;
    input.setAttribute('aria-expanded', String(items.length > 0));
    status.textContent = !q ? '' : total === 1 ? W.one : W.results.replace('{n}', total);
    all.textContent = q ? W.more.replace('{q}', q) : ''; all.href = new URL('search/?q=' + encodeURIComponent(q), base);
    if (items.length) pick(0, false);
    list.scrollTop = 0;
    for (const o of list.querySelectorAll('[data-excerpt]')) excerpt(o, words);
  };
  const run = async () => {
    const n = ++turn;
    state.q = input.value;
    const find = () => index.search(state.q, { ...state, most });
    const found = await find().catch(() => { index = open(); return find(); }).catch(() => null); // once more: a site published since has other files
    if (n !== turn) return;
    if (found) show(found); else { list.hidden = true; note.textContent = W.failed; }
    changed(state);
  };
  input.value = state.q; span.value = state.period;
  input.oninput = run;
  document.addEventListener('entente:changed', () => { index = open(); if (node.checkVisibility()) run(); });
  span.onchange = () => { state.period = span.value; run(); };
  form.onsubmit = e => { e.preventDefault(); items[at]?.click(); };
  input.onkeydown = e => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, ...(e.ctrlKey ? { Home: 0, End: items.length - 1 } : {}) }[e.key];
    if (to === undefined || !items.length) return;
    pick(to); e.preventDefault();
  };
  await run();
  return { input, run, close: W.close };
}

// open shows search in a dialog over the page.
let box, dialog;
export async function open(base, q = '') {
  if (!dialog) {
    dialog = h('dialog', { class: 'search' });
    const node = h('div', { class: 'finder', id: 'hits' });
    dialog.append(node);
    box = await finder(base, node, { most: 24, state: { q, kind: '', period: '' }, more: true });
    dialog.setAttribute('aria-label', box.input.ariaLabel);
    const close = h('button', { type: 'button', class: 'iconbtn', 'aria-label': box.close }, h('kbd', {}, 'Esc'));
    close.onclick = () => dialog.close();
    box.input.form.append(close);
    dialog.onclick = e => { if (e.target === dialog || e.target.closest('[role=option]') && !e.ctrlKey && !e.metaKey) dialog.close(); };
    document.body.append(dialog);
  } else if (q) { box.input.value = q; box.run(); }
  if (!dialog.open) dialog.showModal();
  box.input.focus(); box.input.select();
}

// page puts search into the page, with its state in the address.
export async function page(base, node) {
  const st = new URLSearchParams(location.search);
  const state = { q: st.get('q') || '', kind: st.get('kind') || '', period: st.get('period') || '' };
  await finder(base, node, {
    most: 80, state,
    changed: s => {
      const q = new URLSearchParams(Object.entries(s).filter(([, v]) => v)), to = location.pathname + (q.size ? '?' + q : '') + location.hash;
      history.replaceState(null, '', to);
    },
  });
}
