// Browser tests of a built site: node run.mjs FOLDER. Prints a line a check and leaves with 1 when one fails.
import { chromium } from 'playwright-core'; import { createRequire } from 'node:module'; import { execSync } from 'node:child_process'; import fs from 'node:fs';
import { serve } from './serve.mjs';

const folder = process.argv[2] ?? '../../public';
const PAGES = ['', 'topics/', 'topics/nato-and-collective-security/', 'organisations/', 'organisations/nato/', 'organisations/asean/', 'states/', 'states/poland/', 'states/soviet-union/', 'treaties/north-atlantic-treaty/', 'exercises/foal-eagle/', 'operations/untso/', 'glossary/', 'timeline/', 'matrix/', 'indicators/', 'sources/', 'search/', 'data/', '404.html'];
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let exe = process.env.CHROMIUM;
if (!exe) try { exe = execSync('command -v chromium || command -v chromium-browser || command -v google-chrome', { shell: '/bin/sh' }).toString().trim(); } catch { console.log('FAIL browser: no Chromium on this machine; install the package "chromium", or set CHROMIUM'); process.exit(1); }
const site = await serve(folder);
const browser = await chromium.launch({ executablePath: exe, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
let passed = 0, failed = 0;
async function check(name, run) {
  try { const why = await run(); if (why) throw new Error(why); passed++; console.log(`ok   ${name}`); } catch (e) { failed++; console.log(`FAIL ${name}: ${String(e.message ?? e).split('\n').slice(0, 12).join('\n     ')}`); }
}
// open gives a page with its console errors and refusals of the policy gathered.
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage(); page.errors = [];
  page.on('console', m => { if (m.type() === 'error' && !/404 \(Not Found\)/.test(m.text())) page.errors.push(m.text()); }); page.on('pageerror', e => page.errors.push(String(e)));
  page.on('request', r => { if (!r.url().startsWith(site.url) && !r.url().startsWith('data:')) page.errors.push('foreign request ' + r.url()); });
  await page.goto(site.url + path, { waitUntil: 'load' }); await page.evaluate(() => document.fonts.ready);
  return page;
}
async function on(path, options, run) { const page = await open(path, options); try { return await run(page); } finally { await page.context().close(); } }

for (const path of PAGES) for (const scheme of ['light', 'dark']) await check(`axe ${path || 'home'} ${scheme}`, () => on(path, { colorScheme: scheme }, async page => {
  await page.evaluate(axe); // as a debugger would, so that the page's policy stays on
  const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(r => r.violations.map(v => `${v.id}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].any[0]?.message ?? v.nodes[0].all[0]?.message ?? ''}`)));
  return [...found, ...page.errors].join('\n');
}));
for (const path of PAGES) await check(`no sideways scroll at 320 px ${path || 'home'}`, () => on(path, { viewport: { width: 320, height: 800 } }, page => page.evaluate(() => { const over = document.documentElement.scrollWidth - innerWidth; if (over <= 0) return ''; const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.tablewrap, .matrixwrap, pre, svg')); return `${over} px too wide: ${wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')}`; })));
for (const path of ['', 'organisations/nato/', 'topics/nato-and-collective-security/', 'timeline/', 'matrix/', 'glossary/']) await check(`keyboard reaches everything ${path || 'home'}`, () => on(path, {}, page => page.evaluate(async () => {
  const stops = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.getClientRects().length);
  const bad = [];
  for (const e of stops.slice(0, 400)) { e.focus({ focusVisible: true }); if (document.activeElement !== e && e.type !== 'radio') bad.push('cannot focus ' + e.outerHTML.slice(0, 100)); else if (!(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length || e.querySelector('title'))) bad.push('no name ' + e.outerHTML.slice(0, 100)); else if (getComputedStyle(e).outlineStyle === 'none' && !e.closest('.chip, .field')) bad.push('no focus ring ' + e.outerHTML.slice(0, 100)); }
  return bad.slice(0, 5).join('\n');
})));
await check('the page is whole without scripts', () => on('organisations/nato/', { javaScriptEnabled: false }, async page => { const text = await page.textContent('main'); return /Sweden/.test(text) && /Article|article/.test(text) ? '' : 'main has no members'; }));
await check('search opens with / and finds NATO first', () => on('', {}, async page => { await page.keyboard.press('/'); await page.waitForSelector('dialog.search[open]'); await page.keyboard.type('NATO'); await page.waitForSelector('[role=option]'); await page.waitForTimeout(200); const first = await page.textContent('[role=option] b'); return /North Atlantic Treaty Organization/.test(first) ? '' : `first is ${first}`; }));
for (const [query, want] of [['USSR', /Soviet Union/], ['Burma', /Myanmar/], ['DEU', /Germany/], ['OTAN', /North Atlantic Treaty Organization/], ['CSTO', /Collective Security Treaty Organization/], ['turkiye', /Türkiye/], ['Foal Eagle', /Foal Eagle/], ['deterence', /deterrence/i], ['Warsaw Pact', /Warsaw (Pact|Treaty Organization)/], ['casus foederis', /casus foederis/i]])
  await check(`search finds ${query}`, () => on('glossary/', {}, async page => { await page.keyboard.press('Control+k'); await page.waitForSelector('dialog.search[open]'); await page.keyboard.type(query); await page.waitForSelector('[role=option]'); await page.waitForTimeout(250); const first = await page.textContent('[role=option] b'); return want.test(first) ? '' : `first is ${first}`; }));
await check('Escape closes search and gives the focus back', () => on('', {}, async page => { await page.focus('.searchbtn'); await page.keyboard.press('Enter'); await page.waitForSelector('dialog.search[open]'); await page.keyboard.press('Escape'); return page.evaluate(() => document.querySelector('dialog.search[open]') ? 'still open' : document.activeElement.className.includes('searchbtn') ? '' : 'focus is on ' + document.activeElement.outerHTML.slice(0, 80)); }));
await check('a definition shows on focus and goes with Escape', () => on('topics/nato-and-collective-security/', {}, async page => { const term = page.locator('.body a.term').first(); await term.scrollIntoViewIfNeeded(); await page.evaluate(() => document.querySelector('.body a.term').focus({ focusVisible: true })); await page.waitForSelector('#pop:popover-open'); await page.keyboard.press('Escape'); await page.waitForTimeout(100); return page.evaluate(() => document.querySelector('#pop:popover-open') ? 'still shown' : ''); }));
await check('a bound figure says where it comes from', () => on('topics/nato-and-collective-security/', {}, async page => { await page.evaluate(() => document.querySelector('.body a.fact').focus({ focusVisible: true })); await page.waitForSelector('#pop:popover-open'); const text = await page.textContent('#pop'); return /record|counted|membership/.test(text) ? '' : text; }));
await check('a link shows a preview of its page', () => on('organisations/nato/', {}, async page => { await page.locator('.body a[data-preview]').first().hover(); await page.waitForSelector('#pop:popover-open', { timeout: 4000 }); return ''; }));
await check('the year moves the matrix', () => on('matrix/?year=1960', {}, async page => { const n = await page.textContent('.cmpform [role=status]'); return /1960/.test(n) ? '' : n; }));
await check('the timeline filters by body', () => on('timeline/?body=nato', {}, async page => { const n = await page.textContent('.tlform [role=status]'); return / of /.test(n) ? '' : n; }));
await check('the scheme button changes the scheme', () => on('', {}, async page => { await page.click('.themebtn'); return page.evaluate(() => document.documentElement.dataset.theme === 'light' ? '' : 'no scheme'); }));
await check('print hides the navigation', () => on('organisations/nato/', {}, async page => { await page.emulateMedia({ media: 'print' }); return page.evaluate(() => getComputedStyle(document.querySelector('.topnav')).display === 'none' || getComputedStyle(document.querySelector('.masthead')).display === 'none' ? '' : 'navigation is printed'); }));
for (const [path, budget] of [['topics/nato-and-collective-security/', 75], ['organisations/nato/', 75], ['', 75]]) await check(`first visit of ${path || 'home'} weighs at most ${budget} kB`, () => on('404.html', {}, async page => { let bytes = 0; page.on('response', async r => { bytes += +(r.headers()['content-length'] ?? 0) + 250; }); await page.context().clearCookies(); await page.goto(site.url + path, { waitUntil: 'networkidle' }); console.log(`     ${(bytes / 1000).toFixed(1)} kB`); return bytes / 1000 <= budget ? '' : `${(bytes / 1000).toFixed(1)} kB`; }));

await browser.close(); site.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
