// The live preview: what an author sees while writing, in a copy of the included site.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { axe, check, on, PHONE, PROGRAM } from '../lib.mjs';

const CONTENT = path.resolve(import.meta.dirname, '../../../content');
const PAGE = 'topics/military-alliances/', SOURCE = 'content/topics/military-alliances.md';

// start runs the preview of a site; the program says where.
async function start(folder, ...flags) {
  const child = spawn(PROGRAM, ['serve', folder, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const url = await new Promise((found, lost) => {
    child.stdout.on('data', b => { said += b; const m = said.match(/Preview at (\S+)/); if (m) found(m[1]); });
    child.on('exit', () => lost(new Error(`the preview ended: ${said}`)));
  });
  return { url, said: () => said, stop: () => new Promise(done => { child.on('exit', done); child.kill('SIGTERM'); }) };
}

// preview runs a check on a page of a preview of its own.
async function preview(at, options, run) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'entente-preview-'));
  fs.cpSync(CONTENT, path.join(folder, 'content'), { recursive: true });
  const files = {
    folder,
    read: p => fs.readFileSync(path.join(folder, p), 'utf8'),
    write: (p, text) => { fs.mkdirSync(path.dirname(path.join(folder, p)), { recursive: true }); fs.writeFileSync(path.join(folder, p), text); },
    edit: (p, change) => files.write(p, change(files.read(p))),
  };
  let server = await start(folder, ...(options.flags ?? []));
  options = { ...options, flags: undefined };
  files.restart = async () => { const { port } = new URL(server.url); await server.stop(); await files.down?.(); server = await start(folder, '--port', port); };
  files.said = () => server.said();
  try {
    return await on(at, { ...options, site: server }, page => run(page, files));
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const connected = page => page.waitForFunction(() => document.querySelector('script[data-hash]')?.dataset.ready === '');
const inPanel = (page, selector) => page.locator(`entente-dev ${selector}`);
const end = text => s => `${s.trimEnd()}\n\n${text}\n`;

check('an edit below the fold keeps scroll, focus, typed text and open details', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  await page.evaluate(() => {
    const main = document.querySelector('main'), box = document.createElement('input');
    box.id = 'typed'; document.querySelector('.masthead').append(box);
    for (const d of document.querySelectorAll('details')) d.open = !d.open;
    scrollTo(0, 500); box.focus({ preventScroll: true }); box.value = 'half a sent'; box.setSelectionRange(4, 6);
    window.state = () => ({ y: scrollY, focus: document.activeElement.id, value: box.value, from: box.selectionStart, open: [...document.querySelectorAll('details')].map(d => d.open).join(), main: document.querySelector('main') === main });
    window.before = state();
  });
  files.edit(SOURCE, end('A sentence that was not there before.'));
  await page.waitForFunction(() => /was not there before/.test(document.querySelector('main').textContent));
  return page.evaluate(() => {
    const now = state();
    if (Math.abs(now.y - before.y) > 2) return `scrolled from ${before.y} to ${now.y}`;
    return Object.keys(before).filter(k => k !== 'y' && before[k] !== now[k]).map(k => `${k}: ${before[k]}, then ${now[k]}`).join('\n');
  });
}));

check('the changed block comes into view and is marked for a while', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  await page.evaluate(() => { // what is marked, as it is marked: marks do not stay
    window.marks = [];
    new MutationObserver(list => { for (const m of list) if (m.target.dataset.changed === '') marks.push(m.target); }).observe(document, { subtree: true, attributeFilter: ['data-changed'] });
  });
  files.edit(SOURCE, end('A sentence that was not there before.'));
  await page.waitForFunction(() => marks.length && !document.querySelector('[data-changed]'));
  return page.evaluate(() => {
    if (marks.length !== 1 || !/was not there before/.test(marks[0].textContent)) return `marked: ${marks.map(m => m.textContent).join(' | ')}`;
    const box = marks[0].getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight ? '' : 'out of view';
  });
}));

check('a mistake is shown within 150 ms of the save, and mending it takes it away', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  const good = files.read(SOURCE), card = inPanel(page, '.card');
  await page.evaluate(() => { // when the overlay came, by the clock that the test has too
    const card = document.querySelector('entente-dev').shadowRoot.querySelector('.card');
    card.addEventListener('toggle', () => { window.came = Date.now(); });
  });
  const took = [];
  for (let i = 0; i < 5; i++) {
    await page.evaluate(() => { window.came = 0; });
    const saved = Date.now();
    files.write(SOURCE, good.replace('title:', 'titel:'));
    await page.waitForFunction(() => window.came);
    took.push(await page.evaluate(() => window.came) - saved);
    const text = await card.textContent();
    if (!text.includes('content/topics/military-alliances.md:2:1') || !text.includes('did you mean "title"?') || !text.includes('titel:')) return text;
    if (!/Military alliances/.test(await page.textContent('h1'))) return 'the last good page is gone';
    files.write(SOURCE, good);
    await card.waitFor({ state: 'hidden' });
  }
  console.log(`     from save to overlay: ${took.join(', ')} ms`);
  if (Math.min(...took) > 150) return `the overlay took ${took.join(', ')} ms`;
}));

check('a stylesheet is swapped without a reload', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  await page.evaluate(() => { window.same = true; scrollTo(0, 300); });
  const css = fs.readFileSync(path.resolve(CONTENT, '../static/assets/entente.css'), 'utf8');
  for (const colour of ['rgb(1, 2, 3)', 'rgb(3, 2, 1)']) {
    files.write('static/assets/entente.css', `${css}\nbody { background: ${colour} !important; }\n`);
    await page.waitForFunction(c => getComputedStyle(document.body).backgroundColor === c, colour);
  }
  return page.evaluate(() => !window.same ? 'reloaded' : scrollY !== 300 ? `scrolled to ${scrollY}` : document.querySelectorAll('link[rel=stylesheet]').length > 1 ? 'the old sheet stays' : '');
}));

check('two tabs follow, and eight can be open', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  const tabs = [page];
  for (let i = 0; i < 7; i++) { const tab = await page.context().newPage(); await tab.goto(new URL(PAGE, page.site.url).href); tabs.push(tab); await connected(tab); }
  files.edit(SOURCE, end('Seen in every tab.'));
  for (const tab of tabs) await tab.waitForFunction(() => /Seen in every tab/.test(document.querySelector('main').textContent));
}));

check('a page whose bytes stay is not told', () => preview('glossary/', {}, async (page, files) => {
  await connected(page);
  let asked = 0;
  page.on('request', r => { if (r.url().endsWith('/glossary/')) asked++; });
  files.edit(SOURCE, s => s.replace(/^summary: .*$/m, 'summary: Another summary of this page.'));
  for (let i = 0; !files.said().includes('military-alliances.md:') && i < 100; i++) await page.waitForTimeout(50);
  await page.waitForTimeout(300); // long enough for a needless request
  return asked ? `asked for ${asked} times` : '';
}));

check('the page comes back by itself after a restart', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  await page.evaluate(() => { window.same = true; });
  files.down = async () => {
    await inPanel(page, '.pill.lost').waitFor();
    files.edit(SOURCE, end('Written while nobody looked.'));
  };
  await files.restart();
  await page.waitForFunction(() => /Written while nobody looked/.test(document.querySelector('main').textContent));
  page.errors = page.errors.filter(e => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(e));
  return page.evaluate(() => window.same ? '' : 'reloaded');
}));

check('Alt and a click open the source of a block in the editor', () => preview(PAGE, { flags: ['--editor', 'vscode'] }, async (page, files) => {
  await connected(page);
  const block = page.locator('.body p[data-line]').nth(2), line = await block.getAttribute('data-line');
  const answer = page.waitForResponse(/\/-\/open$/);
  await block.click({ modifiers: ['Alt'], position: { x: 5, y: 5 } });
  const { link } = await (await answer).json();
  page.errors = page.errors.filter(e => !e.includes('vscode://')); // nobody answers to it here
  if (link !== `vscode://file${fs.realpathSync(files.folder)}/${SOURCE}:${line}:1`) return link;
  const words = (await block.textContent()).slice(0, 20);
  if (!files.read(SOURCE).split('\n')[line - 1].includes(words.slice(0, 8))) return `line ${line} does not begin with ${words}`;
}));

check('warnings wait in a drawer', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  files.edit(SOURCE, end('A note without text.[^none]'));
  const pill = inPanel(page, '.pill.warning'), drawer = inPanel(page, '.drawer');
  await pill.waitFor();
  if (await drawer.isVisible() || await inPanel(page, '.card').isVisible()) return 'opened by itself';
  await pill.click();
  if (!/MD030/.test(await drawer.textContent())) return await drawer.textContent();
  const found = await axe(page);
  if (found) return found;
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
}));

check('a draft says why a build leaves it out', () => preview(PAGE, {}, async (page, files) => {
  await connected(page);
  files.edit(SOURCE, s => s.replace('title:', 'draft: true\ntitle:'));
  await page.locator('entente-note .note').waitFor();
  if (!/says draft: true/.test(await page.locator('entente-note .note').textContent())) return 'no reason';
  files.edit(SOURCE, s => s.replace('draft: true\n', ''));
  await page.locator('entente-note .note').waitFor({ state: 'detached' });
}));

for (const colorScheme of ['light', 'dark']) check(`the overlay is accessible, ${colorScheme}`, () => preview(PAGE, { colorScheme, viewport: PHONE }, async (page, files) => {
  files.edit(SOURCE, s => s.replace('title:', 'titel:') + '\n[a link](nowhere.md)\n');
  await inPanel(page, '.card').waitFor();
  const found = await axe(page);
  if (found) return found;
  await page.keyboard.press('Escape');
  await inPanel(page, '.pill.error').waitFor();
  if (await inPanel(page, '.card').isVisible()) return 'Escape does not hide it';
}));

// counted counts from now on how often the reader's choice is written into the address: once a choice, if nothing listens twice.
const counted = page => page.evaluate(() => {
  window.written = 0;
  const write = history.replaceState;
  history.replaceState = function (...a) { window.written++; return write.apply(this, a); };
});
const changed = page => page.evaluate(() => { window.changed = 0; document.addEventListener('entente:changed', () => { window.changed++; }); });
const again = page => page.waitForFunction(() => window.changed > 0);

check('a page of every script changes in place', () => preview('timeline/', {}, async (page, files) => {
  const wrong = [];
  for (const [i, at] of ['timeline/', 'timeline/periods/', 'matrix/', 'compare/', 'compare/?a=nato&b=csto', 'indicators/?s=france.poland', 'network/', 'search/?q=warsaw', 'organisations/nato/?year=1960'].entries()) {
    await page.goto(new URL(at, page.site.url).href);
    await connected(page);
    await changed(page);
    files.edit('content/site.yaml', s => s.replace(/^title: .*$/m, `title: Title ${i}`));
    await Promise.race([again(page), page.waitForEvent('load')]);
    if (!await page.evaluate(() => window.changed)) wrong.push(`${at} was loaded again`);
  }
  return wrong.join('\n');
}));

check('the choice on a timeline stays when an event comes', () => preview('timeline/', {}, async (page, files) => {
  await connected(page);
  await changed(page);
  await page.selectOption('#fa', 'nato');
  const rows = () => page.evaluate(() => [...document.querySelectorAll('.tlpage .ev:not([hidden])')].map(e => e.querySelector('h3, h4').textContent));
  const before = await rows();
  files.edit('content/events/1946-1969.yaml', s => `${s.trimEnd()}\n- id: 1960-a-test\n  title: A test of the preview\n  date: '1960-05-05'\n  type: statement\n  organisations: [nato]\n  sources: [gibler-2009]\n`);
  await again(page);
  const after = await rows();
  if (await page.inputValue('#fa') !== 'nato') return 'the choice is gone';
  if (after.length !== before.length + 1 || !after.includes('A test of the preview')) return `${before.length} rows, then ${after.length}`;
  if (!await page.isVisible('.lanes .it:has-text("A test of the preview")')) return 'not drawn';
  await counted(page);
  await page.selectOption('#fe', await page.evaluate(() => [...document.querySelectorAll('.tlpage .ev')].find(e => /A test/.test(e.textContent)).closest('section').firstElementChild.id));
  const last = await rows();
  return await page.evaluate(() => written) !== 1 ? 'a choice is taken twice' : last.length && last.length < after.length ? '' : `${last.length} rows of ${after.length}`;
}));

check('the year of a map stays when a membership changes, and moves on', () => preview('organisations/nato/', {}, async (page, files) => {
  await connected(page);
  await changed(page);
  const slider = page.locator('.asof input[type=range]'), count = () => page.evaluate(() => parseInt(document.querySelector('.asofn').textContent));
  await slider.evaluate(s => { s.value = 1960; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); });
  const before = await count();
  files.edit('content/organisations/nato.yaml', s => s.replace("member: belgium, from: '1949-04-04'", "member: belgium, from: '1961-04-04'"));
  await again(page);
  if (await slider.inputValue() !== '1960' || await count() !== before - 1) return `${await slider.inputValue()}: ${before} members, then ${await count()}`;
  await counted(page);
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  return await count() === before && await page.evaluate(() => written) === 1 ? '' : `1961: ${await count()} members, written ${await page.evaluate(() => written)} times`;
}));

check('what is chosen on other pages is drawn again from the new data', () => preview('compare/?a=nato&b=csto', {}, async (page, files) => {
  await connected(page);
  await page.waitForSelector('#vs[data-drawn]');
  files.edit('content/organisations/nato.yaml', s => s.replace('name: North Atlantic Treaty Organization', 'name: Treaty Organization of a Test'));
  await page.waitForFunction(() => /of a Test/.test(document.querySelector('#vs').textContent));
  files.edit('content/organisations/nato.yaml', s => s.replace("    - {member: belgium, from: '1949-04-04'", "    - {member: armenia, from: '1949-04-04'")); // only data files change
  await page.waitForFunction(() => [...document.querySelectorAll('#vs .vscols')].some(e => /Armenia/.test(e.firstElementChild.textContent)));
  await page.goto(new URL('search/?q=treaty+organization', page.site.url).href);
  await connected(page);
  await page.waitForSelector('.res [role=option]:has-text("of a Test")');
  files.edit('content/organisations/nato.yaml', s => s.replace('of a Test', 'of the Preview'));
  await page.waitForSelector('.res [role=option]:has-text("of the Preview")');
}));
