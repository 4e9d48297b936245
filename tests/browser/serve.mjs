// A small server for a built site: gzip, and the headers that the site promises to work under.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  json: 'application/json', svg: 'image/svg+xml', woff2: 'font/woff2', txt: 'text/plain; charset=utf-8',
  xml: 'application/xml', csv: 'text/csv', md: 'text/markdown', ics: 'text/calendar', webmanifest: 'application/manifest+json',
};

export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

// serve gives { url, close } of a folder on a free port; the site lies under a path of its own, as on many hosts.
export function serve(folder, { under = '/' } = {}) {
  const root = path.resolve(folder), memo = new Map();
  const server = http.createServer((req, res) => {
    const at = decodeURIComponent(new URL(req.url, 'http://x').pathname);
    let file = path.join(root, at.startsWith(under) ? at.slice(under.length) : '404.html'), code = 200;
    if (!file.startsWith(root)) return res.writeHead(403).end();
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
    if (!fs.existsSync(file)) { code = 404; file = path.join(root, '404.html'); }
    const key = file + fs.statSync(file).mtimeMs, body = memo.get(key) ?? zlib.gzipSync(fs.readFileSync(file));
    memo.set(key, body);
    res.writeHead(code, {
      'content-type': TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream',
      'content-encoding': 'gzip', 'content-length': body.length, 'content-security-policy': CSP,
      'x-content-type-options': 'nosniff', 'cache-control': 'no-cache',
    }).end(body);
  });
  return new Promise(ok => server.listen(0, '127.0.0.1', () => ok({
    url: `http://127.0.0.1:${server.address().port}${under}`,
    close: () => { server.close(); server.closeAllConnections(); },
  })));
}
