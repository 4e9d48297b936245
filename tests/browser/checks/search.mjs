// Search as readers use it: what is found first, slips of the keyboard, keys, facets, addresses, and how little it moves.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { check, folder, on, PHONE, PROGRAM, repo, scratch } from '../lib.mjs';
import { client, fold, tokens } from '../../../static/assets/search.js';

// The client reads the built index as a browser would, and counts what it moved.
function index(root) {
  const moved = { files: 0, bytes: 0 };
  const get = async (name, json) => {
    const b = fs.readFileSync(path.join(root, 'search', name), 'utf8');
    moved.files++;
    moved.bytes += zlib.gzipSync(b).length + 250; // about the size of the headers
    return json ? JSON.parse(b) : b;
  };
  return { ...client(get), moved };
}

const FIRST = fs.readFileSync(path.join(import.meta.dirname, 'searches.txt'), 'utf8').trim().split('\n').map(l => l.split(' => '));
const SLIPS = fs.readFileSync(path.join(import.meta.dirname, 'slips.txt'), 'utf8').trim().split('\n').map(l => l.split(' => '));

check(`${FIRST.length} searches find what is meant first`, async () => {
  const { search } = index(folder());
  const wrong = [];
  for (const [q, want] of FIRST) {
    const { rows } = await search(q);
    if (rows[0]?.title !== want) wrong.push(`${q}: want ${want}, found ${rows.slice(0, 3).map(r => r.title).join(' | ') || 'nothing'}`);
  }
  return wrong.join('\n');
});

check(`${SLIPS.length} names with a slip are among the first three`, async () => {
  const { search } = index(folder());
  const wrong = [];
  for (const [q, want] of SLIPS) {
    const { rows } = await search(q);
    if (!rows.slice(0, 3).some(r => r.title === want)) wrong.push(`${q}: want ${want}, found ${rows.slice(0, 3).map(r => r.title).join(' | ') || 'nothing'}`);
  }
  return wrong.join('\n');
});

check('first results for 10,000 pages come from at most 60 kB', async () => {
  const site = scratch(), built = scratch() + '/public', bytes = file => zlib.gzipSync(fs.readFileSync(file)).length;
  execFileSync('go', ['run', './internal/bench', 'gen', '10000', site], { cwd: repo, stdio: 'pipe' });
  execFileSync(PROGRAM, ['build', site, '--out', built], { stdio: 'pipe' });
  const title = JSON.parse(fs.readFileSync(path.join(built, 'search', fs.readdirSync(path.join(built, 'search')).find(f => f.startsWith('d9.')))))[3][0];
  const most = [];
  for (const q of ['treaty', 'de', title, title.slice(0, 9), 'allaince states', '1949', title.replace(/(.)(.)(?=.{3}$)/, '$2$1')]) {
    const { search, moved } = index(built), { rows } = await search(q);
    const kb = (moved.bytes + bytes(path.join(repo, 'static/assets/search.js'))) / 1000;
    if (kb > 60 || !rows.length) most.push(`${q}: ${kb.toFixed(1)} kB in ${moved.files} files, ${rows.length} results`);
    else console.log(`     ${q}: ${kb.toFixed(1)} kB in ${moved.files} files`);
  }
  return most.join('\n');
});

check('client and index fold words alike', async () => {
  const table = fs.readFileSync(path.join(repo, 'internal/search/testdata/fold.txt'), 'utf8').trim().split('\n');
  return table.map(l => l.split('\t')).filter(([text, words]) => tokens(text).join(' ') !== words)
    .map(([text, words]) => `${text}: ${tokens(text).join(' ')}, not ${words}; folded ${fold(text)}`).join('\n');
});

async function typed(page, query) {
  await page.fill('.finder input', query);
  await page.waitForFunction(q => document.querySelector('.finder .res')?.dataset.for === q, query);
}
async function opened(page, key = 'Control+k') {
  await page.keyboard.press(key);
  await page.waitForSelector('dialog.search[open] input');
}

check('the dialog opens with / and Ctrl-K, and Enter follows the first result', () => on('', {}, async page => {
  await opened(page, '/');
  await page.keyboard.press('Escape');
  await opened(page);
  await typed(page, 'NATO');
  if (!/North Atlantic Treaty Organization/.test(await page.textContent('[aria-selected=true]'))) return 'NATO is not chosen';
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await Promise.all([page.waitForURL(/organisations\/nato\//), page.keyboard.press('Enter')]);
}));

check('Escape closes search and gives the focus back', () => on('', {}, async page => {
  await page.focus('.searchbtn');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.search[open]');
  await page.keyboard.press('Escape');
  return page.evaluate(() => {
    if (document.querySelector('dialog.search[open]')) return 'still open';
    const at = document.activeElement;
    return at.classList.contains('searchbtn') ? '' : 'focus is on ' + at.outerHTML.slice(0, 80);
  });
}));

check('results are grouped, marked, counted and narrowed by kind and period', () => on('topics/', {}, async page => {
  await opened(page);
  await typed(page, 'pact');
  if (!await page.locator('.finder [role=option] mark').count()) return 'no word is marked';
  if (await page.locator('.finder .gh').count() < 2) return 'one group only';
  await page.click('.facets .chip:has-text("Treaties")');
  await page.waitForFunction(() => document.querySelectorAll('.finder .gh').length === 1);
  await page.selectOption('.finder select', { index: 2 });
  await page.waitForFunction(() => [...document.querySelectorAll('.finder .yr')].every(y => +y.textContent.match(/\d{4}/) < 1914));
}));

check('a hit in the text shows the sentence', () => on('topics/', {}, async page => {
  await opened(page);
  await typed(page, 'watchtowers');
  await typed(page, 'tripwire');
  await page.waitForFunction(() => [...document.querySelectorAll('.finder small')].some(s => /tripwire/i.test(s.textContent)));
}));

check('the search page keeps its state in the address', () => on('search/?q=poland&kind=state', { viewport: PHONE }, async page => {
  await page.waitForSelector('.searchpage [role=option]');
  const first = await page.textContent('.searchpage [role=option] b');
  if (!/Poland/.test(first)) return `first is ${first}`;
  await typed(page, 'warsaw');
  await page.waitForURL(/q=warsaw/);
}));

check('without scripts the search page is the index of names', () => on('search/', { javaScriptEnabled: false }, async page => {
  if (await page.isVisible('.searchpage')) return 'an empty search box is shown';
  return await page.isVisible('#a-z ~ .az a >> nth=0') ? '' : 'no index';
}));
