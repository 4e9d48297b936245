// One stream for all tabs of a browser, which would otherwise have too few
// connections for more than six of them.
const ports = new Map(); // port: address of its page
let source, wait, timer, version = 0;
const tell = m => { for (const p of ports.keys()) p.postMessage(m); };
function open() {
  clearTimeout(timer); source?.close(); source = null;
  const pages = [...new Set(ports.values())].slice(-100);
  if (!pages.length) return;
  source = new EventSource(`/-/events?since=${version}&${pages.map(p => 'page=' + encodeURIComponent(p)).join('&')}`);
  source.onmessage = e => { wait = 0; const m = JSON.parse(e.data); version = m.version; tell(m); };
  source.onerror = () => { source.close(); version = 0; tell(null); wait = Math.min((wait || 100) * 1.5, 2000); timer = setTimeout(open, wait); };
}
onconnect = e => {
  const port = e.ports[0];
  port.onmessage = m => { if (m.data) { ports.set(port, m.data); open(); } else ports.delete(port); };
};
