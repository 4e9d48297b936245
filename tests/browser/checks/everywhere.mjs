// What holds on every kind of page, one visit each: no refusal by the policy, no shift, 400 % zoom, forced colours, paper.
import fs from 'node:fs';
import { check, KINDS, on, overflow, PHONE } from '../lib.mjs';

for (const at of KINDS) check(`policy, shift, zoom, forced colours, paper ${at || 'home'}`, () => on(at, { init: () => {
  window.seen = { refused: [], shift: 0 };
  addEventListener('securitypolicyviolation', e => window.seen.refused.push(e.violatedDirective + ' ' + e.blockedURI));
  new PerformanceObserver(l => { for (const x of l.getEntries()) if (!x.hadRecentInput) window.seen.shift += x.value; }).observe({ type: 'layout-shift', buffered: true });
} }, async page => {
  const wrong = [], seen = await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(window.seen), 50))));
  if (seen.refused.length) wrong.push('the policy refused ' + seen.refused);
  if (seen.shift > .01) wrong.push('layout shift ' + seen.shift.toFixed(3));

  const moving = await page.evaluate(() => document.getAnimations().filter(a => a.playState === 'running' && a.timeline === document.timeline).length);
  if (moving) wrong.push(moving + ' animations run though motion is to be reduced');

  await page.setViewportSize({ width: 360, height: 256 }); // 1440 px at 400 %
  wrong.push(await overflow(page));

  await page.emulateMedia({ forcedColors: 'active' });
  wrong.push(await page.evaluate(() => {
    const behind = e => { // what is painted under an element's words
      for (let at = e; at; at = at.parentElement) { const c = getComputedStyle(at).backgroundColor; if (!/, 0\)$|^transparent$/.test(c)) return c; }
      return getComputedStyle(document.documentElement).backgroundColor;
    };
    const lost = [...document.querySelectorAll('main a[href], main button, main h1')].slice(0, 300).find(e => e.checkVisibility() && e.textContent.trim() && getComputedStyle(e).color === behind(e) && !e.closest('svg'));
    return lost ? 'no colour of its own in forced colours: ' + lost.outerHTML.slice(0, 100) : '';
  }));

  await page.emulateMedia({ forcedColors: 'none', media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  wrong.push(await page.evaluate(() => {
    const said = [], shown = s => [...document.querySelectorAll(s)].find(e => e.checkVisibility());
    for (const s of ['.masthead', '.colophon', '.pager', '.filters', '.btn']) if (shown(s)) said.push(s + ' is printed');
    const folded = [...document.querySelectorAll('main details:not([open])')].find(d => d.checkVisibility() && !d.closest('.rail'));
    if (folded) said.push('folded on paper: ' + folded.outerHTML.slice(0, 100));
    const link = document.querySelector('.notes .ext');
    if (link && !/</.test(getComputedStyle(link, '::after').content)) said.push('no target beside ' + link.href);
    return said.join('\n');
  }));
  return wrong.filter(Boolean).join('\n');
}));

check('paper: a page becomes a PDF with the targets of its links', () => on('topics/nato-and-collective-security/', {}, async page => {
  const pdf = await page.pdf({ format: 'A4' });
  return pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 20000 ? '' : `${pdf.length} bytes`;
}));

for (const [at, most] of [['glossary/', 12], ['timeline/', 16], ['sources/', 18]]) check(`paper: a long list is set close ${at}`, () => on(at, {}, async page => {
  const pages = ((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
  return pages > 1 && pages <= most ? '' : `${pages} pages`;
}));

check('citation: what a page shows is saved as a file of its name', () => on('organisations/nato/', {}, async page => {
  await page.click('.cite > summary');
  for (const [style, name, start] of [['BibTeX', 'nato.bib', '@misc{'], ['RIS', 'nato.ris', 'TY  - ELEC\r\n'], ['CSL-JSON', 'nato.json', '[{"id":']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-save]:text-is("${style}")`)]);
    const text = fs.readFileSync(await file.path(), 'utf8'), shown = await page.textContent(`.cite dt:text-is("${style}") + dd > span`);
    if (file.suggestedFilename() !== name || !text.startsWith(start) || text !== shown.replaceAll('\n', '\r\n') + '\r\n') return `${file.suggestedFilename()}: ${text}`;
  }
}));

// A page that opens at its top lays out its lists after first paint; one that opens at an entry, or without scripts, is whole at once.
for (const at of ['timeline/', 'glossary/', 'organisations/nato/', 'search/']) {
  const put = '.ev, .g, .lanes, .links > li, .az > section', off = list => list.filter(e => getComputedStyle(e).contentVisibility !== 'visible').length;
  check(`long lists are put off and then laid out ${at}`, () => on(at, { viewport: PHONE, init: () => { window.later = []; window.requestAnimationFrame = f => window.later.push(f); } }, async page => {
    const before = await page.$$eval(put, off), height = () => page.evaluate(() => document.documentElement.scrollHeight), guess = await height();
    await page.evaluate(() => window.later.forEach(f => f()));
    await page.waitForFunction(put => [...document.querySelectorAll(put)].every(e => getComputedStyle(e).contentVisibility === 'visible'), put, { polling: 50 });
    const whole = await height();
    if (!before) return 'nothing is put off';
    return Math.abs(guess / whole - 1) < .15 ? '' : `the page was thought ${guess} high and is ${whole}`;
  }));
  for (const [way, address, options] of [['without scripts', at, { javaScriptEnabled: false }], ['opened at an entry', at + '#main', {}]]) check(`long lists are whole ${way} ${at}`, () => on(address, options, async page => {
    const left = await page.$$eval(put, off);
    return left ? `${left} put off` : '';
  }));
}

// What was chosen and where one had scrolled to is there again after a visit elsewhere.
for (const [at, width, act] of [
  ['timeline/', 390, page => page.selectOption('#fa', 'nato')],
  ['glossary/', 1440, page => page.fill('[data-filter] input', 'all')],
  ['matrix/', 390, page => page.locator('.yearbar input').fill('1960')],
  ['search/?q=nato', 1440, page => page.waitForSelector('[role=option]')],
]) check(`back leads to the view one left: ${at}`, () => on(at, { viewport: { width, height: 844 } }, async page => {
  const read = () => page.evaluate(() => JSON.stringify([Math.round(scrollY / 4), document.querySelector('.lanewrap, .matrixwrap')?.scrollLeft, document.querySelectorAll('.ev:not([hidden]), .g:not([hidden]), .matrix .in, [role=option]').length, location.search]));
  await act(page);
  await page.evaluate(() => { scrollTo(0, 900); document.querySelector('.lanewrap, .matrixwrap')?.scrollTo(120, 0); });
  const left = await read();
  await page.goto(new URL('topics/', page.site.url).href);
  await page.goBack();
  for (let i = 0; i < 90 && await read() !== left; i++) await page.evaluate(() => new Promise(requestAnimationFrame));
  const found = await read();
  return found === left ? '' : `${found}, left at ${left}`;
}));

check('a typeface that comes late moves nothing', () => on('states/soviet-union/', { init: () => {
  window.shift = 0;
  new PerformanceObserver(l => { for (const x of l.getEntries()) window.shift += x.value; }).observe({ type: 'layout-shift', buffered: true });
} }, async page => {
  let painted, late = 0;
  const paint = new Promise(done => { painted = done; });
  await page.route('**/fonts/**', async route => { late++; await paint; await route.continue(); });
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
  painted();
  await page.waitForLoadState('load');
  await page.evaluate(() => document.fonts.ready);
  const shift = await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(window.shift), 50))));
  return late && shift < .01 ? '' : `${late} late, moved by ${shift.toFixed(3)}`;
}));

check('a preview does not stay over what is focused next', () => on('organisations/nato/', {}, async page => {
  const terms = page.locator('.prose a.term');
  await terms.nth(0).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.waitForSelector('#pop:popover-open');
  const [open, described] = await page.evaluate(() => { document.querySelector('main .links a').focus(); return [document.querySelectorAll('#pop:popover-open').length, document.querySelectorAll('[aria-describedby=pop]').length]; });
  return open || described ? `${open} stays, ${described} described by it` : '';
}));
