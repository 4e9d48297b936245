// What the preview says on a page: the problems over it, warnings in a drawer,
// a note above it, and short words at its edge. All of it lives in a shadow
// root with a constructed sheet: the site's style cannot reach in, nothing of
// it reaches out, and no inline style is needed.
(() => {
  const css = `
:host { all: initial; color-scheme: light dark; --ink: light-dark(#1c1d21, #ebe8e1); --soft: light-dark(#595c63, #a9a9ad); --paper: light-dark(#fff, #1c1f26); --sunk: light-dark(#f4f1ea, #111318); --line: light-dark(#e0dbd0, #31353e);
  --link: light-dark(#1f4e8c, #8fb8f0); --bad: light-dark(#a8201a, #ff9b8f); --badbg: light-dark(#fbe3e0, #4a2522); --warn: light-dark(#8a5a00, #e8b64c); --warnbg: light-dark(#fbeccb, #463712); --good: light-dark(#24724e, #6fd6a8);
  --sans: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; --mono: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
* { box-sizing: border-box; margin: 0; }
[popover] { position: fixed; inset: auto; border: 1px solid var(--line); padding: 0; background: var(--paper); color: var(--ink); font: 14px/1.5 var(--sans); overflow: auto; overscroll-behavior: contain; }
[popover]:not(:popover-open) { display: none; }
.card { inset-block-end: 0; inset-inline: 0; margin-inline: auto; inline-size: min(62rem, 100%); max-block-size: min(34rem, 78dvb); border-block-start: 4px solid var(--bad); border-block-end: 0; border-radius: 8px 8px 0 0; box-shadow: 0 -8px 40px #0005; }
.drawer { inset-block-end: 3.75rem; inset-inline-end: 1rem; inline-size: min(34rem, calc(100vw - 2rem)); max-block-size: min(34rem, calc(100dvb - 5.5rem)); border-block-start: 4px solid var(--warn); border-radius: 8px; box-shadow: 0 8px 40px #0004; }
.head { position: sticky; inset-block-start: 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .75rem; padding: .7rem 1.1rem; background: var(--paper); border-block-end: 1px solid var(--line); }
h2 { font-size: 16px; font-weight: 600; } .head p { color: var(--soft); flex: 1 1 16rem; order: 3; } .head button { margin-inline-start: auto; } @media (min-width: 40rem) { .head p { order: 0; } }
button { font: inherit; font-size: 13px; padding: .25rem .65rem; border: 1px solid light-dark(#8b867b, #747984); border-radius: 4px; background: none; color: inherit; cursor: pointer; } button:hover { background: var(--sunk); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
article { padding: .85rem 1.1rem 1rem; } article + article { border-block-start: 1px solid var(--line); }
.at { color: var(--link); font: 13px/1.4 var(--mono); text-decoration: underline; text-underline-offset: 3px; overflow-wrap: anywhere; cursor: pointer; border-radius: 2px; }
.msg { font-weight: 600; margin-block: .2rem .5rem; overflow-wrap: anywhere; } .msg::first-letter { text-transform: uppercase; } .rule { font-weight: 400; color: var(--soft); white-space: nowrap; }
pre { padding: .45rem 0; background: var(--sunk); border-radius: 4px; overflow-x: auto; font: 13px/1.6 var(--mono); tab-size: 2; }
pre span { display: block; inline-size: max-content; min-inline-size: 100%; padding-inline: .75rem; white-space: pre; } pre i { display: inline-block; inline-size: 4ch; margin-inline-end: 1.5ch; text-align: end; font-style: normal; color: var(--soft); user-select: none; }
pre .hit { background: var(--badbg); } pre u { text-decoration: underline wavy var(--bad) 1.5px; text-underline-offset: 3px; } .warning pre .hit { background: var(--warnbg); } .warning pre u { text-decoration-color: var(--warn); }
.more { margin-block-start: .5rem; overflow-wrap: anywhere; } .more b { font-weight: 600; } ul { padding: 0; margin-block-start: .35rem; list-style: none; }
.edge { inset-block-end: 1rem; inset-inline-end: 1rem; display: flex; flex-wrap: wrap; justify-content: end; gap: .5rem; max-inline-size: calc(100vw - 2rem); border: 0; background: none; overflow: visible; }
.pill { display: flex; gap: .5rem; align-items: center; padding: .45rem .85rem; border: 1px solid light-dark(#c9c4b8, #3b404a); border-radius: 1.25rem; background: var(--paper); font-size: 13px; line-height: 1.4; box-shadow: 0 4px 18px #0003; overflow-wrap: anywhere; }
.pill::before { content: ""; inline-size: .6rem; block-size: .6rem; border-radius: 9px; background: var(--good); flex: none; } .pill.error::before { background: var(--bad); } .pill.warning::before, .pill.lost::before { background: var(--warn); } .pill button { margin-block: -.2rem; margin-inline-end: -.35rem; border-radius: 1rem; }
.note { display: flex; gap: .6rem; align-items: center; justify-content: center; padding: .5rem 1rem; background: var(--warnbg); color: var(--ink); border-block-end: 1px solid light-dark(#dcc48f, #6b5620); font: 14px/1.45 var(--sans); text-align: center; overflow-wrap: anywhere; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: no-preference) { .pill { transition: opacity .2s; } @starting-style { .pill { opacity: 0; } } }
@media print { :host { display: none; } }`;
  const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  const shadow = name => {
    const host = document.createElement(name); host.lang = 'en'; host.dir = 'ltr';
    const root = host.attachShadow({ mode: 'open' }); root.adoptedStyleSheets = [sheet];
    return [host, root];
  };
  const el = (tag, cls, ...inner) => { const n = document.createElement(tag); if (cls) n.className = cls; n.append(...inner); return n; };
  const button = (text, run) => { const b = el('button', '', text); b.type = 'button'; b.onclick = run; return b; };
  const many = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;

  const [host, root] = shadow('entente-dev'), [noteHost, noteRoot] = shadow('entente-note');
  const box = (cls, label) => { const b = el('section', cls); b.popover = 'manual'; b.setAttribute('aria-label', label); root.append(b); return b; };
  const card = box('card', 'Errors in the site'), drawer = box('drawer', 'Warnings'), edge = box('edge', 'Preview');
  const live = el('p', 'hidden'); live.setAttribute('role', 'status'); root.append(live);
  const errorPill = el('button', 'pill error'), warningPill = el('button', 'pill warning'), word = el('p', 'pill');
  errorPill.type = warningPill.type = 'button';
  document.documentElement.append(host);

  let state = { problems: [], errors: 0, warnings: 0, failure: '' }, shown = '', timer;
  const show = (b, on) => { if (on !== b.matches(':popover-open')) on ? b.showPopover() : b.hidePopover(); };
  const tidy = () => {
    const hidden = !card.matches(':popover-open');
    edge.replaceChildren(...[word.textContent && word, hidden && errorPill.textContent && errorPill, warningPill.textContent && warningPill].filter(Boolean));
    show(edge, false); show(edge, edge.childElementCount > 0 && hidden); // once more, so that it lies on top
  };

  const locate = at => {
    const a = el('a', 'at', `${at.file}:${at.line}:${at.col}`); a.href = at.link || '#'; a.title = 'Open in the editor';
    if (!at.link) a.onclick = e => { e.preventDefault(); panel.open(at); };
    return a;
  };
  const article = p => {
    const a = el('article', p.severity, locate(p.at), el('p', 'msg', p.message, ' ', el('span', 'rule', p.rule)));
    if (p.frame.length) {
      const pre = el('pre'); pre.tabIndex = 0; pre.setAttribute('role', 'group'); pre.setAttribute('aria-label', `Lines of ${p.at.file}`);
      for (const l of p.frame) pre.append(el('span', l.no === p.at.line ? 'hit' : '', el('i', '', String(l.no)), l.before, ...(l.mark ? [el('u', '', l.mark)] : []), l.after));
      a.append(pre);
    }
    if (p.hint) a.append(el('p', 'more', el('b', '', 'Hint: '), p.hint));
    if (p.related.length) a.append(el('ul', '', ...p.related.map(r => el('li', 'more', locate(r.at), ` ${r.message}`))));
    return a;
  };
  const fill = (b, title, text, close, list, left) => {
    const at = b.scrollTop; b.replaceChildren(el('div', 'head', el('h2', '', title), el('p', '', text), button('Hide (Esc)', close)), ...list.map(article));
    if (left > 0) b.append(el('article', '', `And ${left} more: see the terminal, or run "entente check".`)); b.scrollTop = at;
  };
  const hideCard = () => { show(card, false); tidy(); errorPill.isConnected && errorPill.focus({ preventScroll: true }); };
  const hideDrawer = () => { show(drawer, false); warningPill.isConnected && warningPill.focus({ preventScroll: true }); };
  errorPill.onclick = () => { show(drawer, false); show(card, true); tidy(); };
  warningPill.onclick = () => { show(drawer, !drawer.matches(':popover-open')); };

  const panel = window.ententePreview = {
    // problems shows a list that is not the one shown already.
    problems(s) {
      const key = JSON.stringify([s.failure, s.problems]); if (key === shown) return; shown = key; state = s;
      const errors = s.problems.filter(p => p.severity === 'error'), warnings = s.problems.filter(p => p.severity === 'warning'), bad = s.errors > 0 || !!s.failure;
      errorPill.textContent = s.failure ? 'The site cannot be read' : s.errors ? many(s.errors, 'error') : '';
      warningPill.textContent = s.warnings ? many(s.warnings, 'warning') : '';
      if (bad) fill(card, s.failure ? 'The site cannot be read' : many(s.errors, 'error'), s.failure || `A build would stop here. The page behind is the last good one.${s.warnings ? ` And ${many(s.warnings, 'warning')}.` : ''}`, hideCard, errors, s.errors - errors.length); else card.replaceChildren();
      if (s.warnings) fill(drawer, many(s.warnings, 'warning'), 'A build goes on.', hideDrawer, warnings, s.warnings - warnings.length); else show(drawer, false);
      show(card, bad); tidy(); live.textContent = bad ? `${errorPill.textContent}. ${errors[0]?.message ?? ''}` : '';
    },
    // say shows a word at the edge, for a while or until the next.
    say(text, { cls = '', ms = 2600, act } = {}) {
      clearTimeout(timer); word.className = 'pill ' + cls; word.replaceChildren(text, ...(act ? [button(act.text, () => { panel.hush(); act.run(); })] : []));
      live.textContent = text; tidy(); if (ms) timer = setTimeout(panel.hush, ms);
    },
    hush() { clearTimeout(timer); word.replaceChildren(); tidy(); },
    // note says above the page why a build would leave it out.
    note(text) {
      if (!text) { noteHost.remove(); return; }
      const p = el('p', 'note', text); p.setAttribute('role', 'note'); noteRoot.replaceChildren(p); if (!noteHost.isConnected) document.body.prepend(noteHost);
    },
    parts: [host, noteHost],
    open() {},
  };
  addEventListener('keydown', e => {
    if (e.key !== 'Escape' || e.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (drawer.matches(':popover-open')) { e.preventDefault(); hideDrawer(); } else if (card.matches(':popover-open')) { e.preventDefault(); hideCard(); }
  });
})();
