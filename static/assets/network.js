// Network: pointing at a body, or moving the focus to it, brings out its ties.
(function set() {
  document.addEventListener('entente:changed', set); // the preview has put new elements into the page
  for (const svg of document.querySelectorAll('.arcs')) {
    const ties = [...svg.querySelectorAll('.tie')], nodes = [...svg.querySelectorAll('.node')];
    const show = id => {
      const near = new Set([id]);
      for (const t of ties) { const on = t.dataset.a === id || t.dataset.b === id; t.classList.toggle('on', on); if (on) near.add(t.dataset.a).add(t.dataset.b); }
      for (const n of nodes) n.classList.toggle('dim', !!id && !near.has(n.dataset.i));
      svg.classList.toggle('chosen', !!id);
    };
    for (const n of nodes) { n.onpointerenter = n.onfocus = () => show(n.dataset.i); n.onpointerleave = n.onblur = () => show(''); }
  }
})();
