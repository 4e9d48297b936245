// What the checks in checks/ are written with. A file of checks reads:
//
//   import { check, on } from '../lib.mjs';
//   check('the menu opens', () => on('topics/', { viewport: PHONE }, async page => {
//     await page.click('.menu');
//     await page.waitForSelector('#menu:popover-open');
//   }));
//
// A check fails when it throws, or when it gives back words that say what is wrong.
import { execFileSync, execSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

export const DESK = { width: 1440, height: 900 }, TABLET = { width: 820, height: 1100 }, PHONE = { width: 390, height: 844 };

// KINDS has one page of every kind of the included site.
export const KINDS = [
  '', 'topics/', 'topics/nato-and-collective-security/', 'organisations/', 'organisations/nato/', 'organisations/asean/',
  'states/', 'states/poland/', 'states/soviet-union/', 'treaties/', 'treaties/north-atlantic-treaty/', 'exercises/foal-eagle/',
  'operations/untso/', 'glossary/', 'timeline/', 'timeline/periods/', 'matrix/', 'compare/', 'network/', 'indicators/', 'sources/', 'sources/coverage/', 'search/', 'data/',
  'help/', 'help/facts/', 'editions/', 'editions/2025-11/', 'editions/2025-11/organisations/nato/', '404.html',
];

export const repo = path.resolve(import.meta.dirname, '../..');
export const PROGRAM = process.env.ENTENTE ?? path.join(repo, 'bin/entente');

export const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  try {
    const find = 'command -v chromium || command -v chromium-browser || command -v google-chrome';
    return execSync(find, { shell: '/bin/sh' }).toString().trim();
  } catch {
    console.log('FAIL browser: no Chromium on this machine; install the package "chromium", or set CHROMIUM');
    process.exit(1);
  }
}

const checks = [];
let area = '', browser, included, built;

// folder is where the built site lies.
export const folder = () => built;

const sites = new Map(), folders = [];

// scratch gives a new folder that is removed at the end.
export function scratch() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'entente-site-'));
  folders.push(dir);
  return dir;
}

// check registers one check; the runner runs it later.
export function check(name, run) { checks.push({ name: `${area}: ${name}`, run }); }

// build makes the site in a folder of the repository, once, and serves it.
export function build(folder) {
  if (!sites.has(folder)) sites.set(folder, (async () => {
    const out = scratch();
    execFileSync(PROGRAM, ['build', path.join(repo, folder), '--out', path.join(out, 'public')], { stdio: 'pipe' });
    return serve(path.join(out, 'public'));
  })());
  return sites.get(folder);
}

// open gives a page of the included site, or of options.site, with what went wrong on it in page.errors: messages in the
// console, refusals of the policy, requests to other hosts.
export async function open(at, { site = included, init, ...options } = {}) {
  const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.site = site;
  if (init) await page.addInitScript(init); // runs before the page does
  page.errors = [];
  page.on('console', m => { if (m.type() === 'error' && !/404 \(Not Found\)/.test(m.text())) page.errors.push(m.text()); });
  page.on('pageerror', e => page.errors.push(String(e)));
  page.on('request', r => { if (!r.url().startsWith(site.url) && !/^(data|blob):/.test(r.url())) page.errors.push('foreign request ' + r.url()); });
  page.moved = 0; // bytes, with some for the headers of each answer
  page.on('response', r => { page.moved += +(r.headers()['content-length'] ?? 0) + 250; });
  page.setDefaultTimeout(30000); // generous: machines are shared
  await page.goto(new URL(at, site.url).href, { waitUntil: 'load' });
  if (options.javaScriptEnabled !== false) await page.evaluate(() => document.fonts.ready.then(() => { }));
  return page;
}

// on opens a page, runs a check on it and closes it. Errors of the page count as a failure.
export async function on(at, options, run) {
  const page = await open(at, options);
  try {
    const wrong = await run(page);
    return [wrong, ...page.errors].filter(Boolean).join('\n');
  } finally {
    await page.context().close();
  }
}

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// axe says what the accessibility rules find on a page as it is now; only names rules if not all are wanted.
export async function axe(page, only = RULES) {
  await page.evaluate(AXE); // as a debugger would, so that the page's policy stays on
  const found = await page.evaluate(rules => axe.run(document, { runOnly: rules }).then(r => r.violations), only);
  return found.map(v => {
    const n = v.nodes[0];
    return `${v.id}: ${v.nodes.length} x ${n.html.slice(0, 160)} ${(n.any[0] ?? n.all[0])?.message ?? ''}`;
  }).join('\n');
}

// overflow says which elements make a page wider than its window; what scrolls by itself may be wide.
export function overflow(page) {
  return page.evaluate(() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0) return '';
    const scrolls = e => { for (; e; e = e.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true; };
    const wide = [...document.querySelectorAll('body *')].filter(e => {
      const box = e.getBoundingClientRect();
      return (box.right > innerWidth + 1 || box.left < -1) && !scrolls(e.parentElement);
    });
    return `${over} px too wide: ${wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')}`;
  });
}

// run runs the checks of the files named, or of all, against a built folder, a few at a time.
export async function run(folder, areas) {
  built = path.resolve(folder);
  included = await serve(folder);
  const all = fs.readdirSync(path.join(import.meta.dirname, 'checks')).filter(f => f.endsWith('.mjs')).map(f => f.slice(0, -4)).sort();
  for (area of areas.length ? areas : all) await import(`./checks/${area}.mjs`);
  browser = await chromium.launch({ executablePath: executable(), args: ARGS });
  let failed = 0;
  const wanted = checks.filter(c => c.name.includes(process.env.MATCH ?? '')), queue = wanted.slice();
  const started = Date.now();
  await Promise.all(Array.from({ length: Math.min(2, os.cpus().length) }, async () => {
    for (let c; (c = queue.shift());) {
      const begin = Date.now();
      let wrong;
      try { wrong = await c.run(); } catch (e) { wrong = String(e.message ?? e); }
      const took = `${Date.now() - begin} ms`;
      if (wrong) failed++;
      console.log(wrong ? `FAIL ${c.name} (${took}):\n     ${wrong.split('\n').slice(0, 12).join('\n     ')}` : `ok   ${c.name} (${took})`);
    }
  }));
  await browser.close();
  included.close();
  for (const s of sites.values()) await s.then(x => x.close(), () => { });
  for (const d of folders) fs.rmSync(d, { recursive: true, force: true });
  console.log(`${wanted.length - failed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
  return failed;
}
