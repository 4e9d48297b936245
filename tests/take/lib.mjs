// What the checks in checks/ are written with: the files of a built site, and a way to say what is wrong with them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const repo = path.resolve(import.meta.dirname, '../..');
export const PROGRAM = process.env.ENTENTE ?? path.join(repo, 'bin/entente');

// Site is a built site as files.
export class Site {
  constructor(name, root) {
    this.name = name;
    this.root = path.resolve(root);
    this.files = fs.readdirSync(this.root, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
      .map(f => path.relative(this.root, path.join(f.parentPath, f.name)).split(path.sep).join('/')).sort();
    this.known = new Set(this.files);
    this.base = /<loc>(.*?)<\/loc>/.exec(this.text('sitemap.xml'))[1];
  }
  text(name) { return fs.readFileSync(path.join(this.root, name), 'utf8'); }
  ending(...ends) { return this.files.filter(f => ends.some(e => f.endsWith(e))); }
  // pages are those that readers see, without old addresses and the page for those that lead nowhere.
  pages() {
    return this.ending('index.html').filter(f => !/http-equiv="refresh"/.test(this.text(f)));
  }
  // things are the pages that have a text or record of their own.
  things() { return this.ending('/index.md').filter(f => f !== 'glossary/index.md').map(f => f.slice(0, -'index.md'.length)); }
  // has reports whether an absolute address is one of this site.
  has(address) {
    if (!address.startsWith(this.base)) return false;
    const at = decodeURI(address.slice(this.base.length).replace(/[?#].*$/, ''));
    return this.known.has(at) || this.known.has(at + 'index.html');
  }
}

// heading is the h1 of a page, as text.
export function heading(html) {
  return unescape(/<h1>(.*?)<\/h1>/s.exec(html)[1].replace(/<[^>]*>/g, ''));
}

export function unescape(s) {
  const names = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return s.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, d, x, n) => d ? String.fromCodePoint(+d) : x ? String.fromCodePoint(parseInt(x, 16)) : names[n] ?? all);
}

// lacking names the fields that an object lacks.
export function lacking(object, names) {
  return names.filter(n => { const v = n.split('.').reduce((o, k) => o?.[k], object); return v === undefined || v === null || v === '' || v.length === 0; });
}

const checks = [];
let area = '';

// check registers a check: run is given a site and calls wrong with what is wrong, and gives how many things it looked at.
export function check(name, run) { checks.push({ name: `${area}: ${name}`, run }); }

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'entente-take-'));

// build makes a site of sources, which are texts by path, or the included site without them.
export function build(name, sources) {
  const dir = path.join(scratch, name);
  for (const [file, text] of Object.entries(sources)) {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), text);
  }
  return dir;
}

export function entente(...args) { return execFileSync(PROGRAM, args, { encoding: 'utf8', stdio: 'pipe' }); }

// run runs the areas over the sites and gives how many checks failed.
export async function run(sites, areas) {
  let failed = 0;
  for (const file of fs.readdirSync(path.join(import.meta.dirname, 'checks')).sort()) {
    area = path.basename(file, '.mjs');
    if (areas.length === 0 || areas.includes(area)) await import(`./checks/${file}`);
  }
  for (const c of checks) for (const site of sites) {
    const found = [];
    let n = 0;
    try { n = await c.run(site, text => found.push(text)); } catch (e) { found.push(e.stack); }
    if (found.length === 0 && !(n > 0)) found.push('looked at nothing');
    if (found.length) failed++;
    console.log(`${found.length ? 'FAIL' : 'ok'} ${c.name}, ${site.name}: ${n}`);
    for (const text of found.slice(0, 12)) console.log(`     ${text}`);
    if (found.length > 12) console.log(`     and ${found.length - 12} more`);
  }
  fs.rmSync(scratch, { recursive: true });
  return failed;
}
