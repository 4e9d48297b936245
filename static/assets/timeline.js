// Timeline: filters that live in the address, and a marker that follows the scroll on the overview.
(() => {
  const form = document.querySelector('.tlform'), evs = [...document.querySelectorAll('.tlpage .ev')], out = form.querySelector('[role=status]');
  const decades = [...document.querySelectorAll('.decade')], eras = [...document.querySelectorAll('.tlpage > section')], st = new URLSearchParams(location.search);
  if (st.get('body')) form.body.value = st.get('body');
  for (const k of (st.get('kind') || '').split('.')) { const c = form.querySelector(`[name=kind][value="${CSS.escape(k)}"]`); if (c) c.checked = true; }
  if (st.get('detail')) form.detail.value = st.get('detail');
  const run = push => {
    const a = form.body.value, ks = [...form.querySelectorAll('[name=kind]:checked')].map(c => c.value), d = +form.detail.value; let n = 0;
    for (const e of evs) { const imp = +e.className.match(/ i(\d)/)[1]; e.hidden = (a && !e.dataset.a.split(' ').includes(a)) || (ks.length && !ks.includes(e.dataset.k)) || imp > d; n += !e.hidden; }
    for (const g of [...decades, ...eras]) g.hidden = ![...g.querySelectorAll('.ev')].some(e => !e.hidden);
    out.textContent = n === evs.length ? `${n} events` : `${n} of ${evs.length} events`;
    if (push) { const q = new URLSearchParams(); if (a) q.set('body', a); if (ks.length) q.set('kind', ks.join('.')); if (d < 3) q.set('detail', d); history.replaceState(null, '', (q.size ? '?' + q : location.pathname) + location.hash); }
  };
  form.onchange = () => run(true); form.onsubmit = e => e.preventDefault(); run(false);
})();
