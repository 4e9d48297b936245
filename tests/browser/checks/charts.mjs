// Views that can be moved: timelines, maps, matrix, comparison, network.
import { axe, check, KINDS, on, overflow, PHONE } from '../lib.mjs';

const PAGES = ['timeline/', 'timeline/periods/', 'organisations/nato/', 'organisations/asean/', 'organisations/warsaw-pact/', 'matrix/', 'compare/',
  'compare/?a=nato&b=csto', 'network/', 'network/1955/', 'indicators/'];

for (const path of PAGES) {
  if (!KINDS.includes(path))
  check(`no rule of access is broken, light and dark: ${path}`, () => on(path, {}, async page => {
    const light = await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    return [light, await axe(page)].filter(Boolean).join('\n');
  }));
  check(`narrow and enlarged windows scroll one way: ${path}`, () => on(path, { viewport: { width: 320, height: 800 } }, overflow));
}

// sets gives what a map, its list and its count say at this moment; what cannot be drawn is in the list only.
const sets = page => page.evaluate(() => {
  const fig = document.querySelector('.asof'), seen = e => getComputedStyle(e).display !== 'none';
  const map = new Set([...fig.querySelector('.map').querySelectorAll('[data-m]')].filter(s => seen(s) && !/\b[fx]\b/.test(s.getAttribute('class'))).map(s => s.dataset.m));
  const rows = [...fig.querySelectorAll('.roll li')].filter(seen);
  return { map: [...map].sort().join(), list: rows.filter(li => !li.classList.contains('nd')).map(li => li.dataset.m).sort().join(), rows: rows.length, count: parseInt(fig.querySelector('.asofn').textContent.split('–').at(-1)) };
});
const agree = s => s.map === s.list && s.rows === s.count ? '' : `map ${s.map}\nlist ${s.list}\n${s.rows} rows, count ${s.count}`;

for (const body of ['nato', 'asean', 'csto', 'warsaw-pact', 'arab-league', 'sco', 'european-union', 'ecowas'])
  check(`the slider moves map, list and count together: ${body}`, () => on(`organisations/${body}/`, {}, async page => {
    const slider = page.locator('.asof input[type=range]');
    await slider.focus();
    const wrong = [agree(await sets(page))], before = await sets(page);
    for (const key of ['ArrowLeft', 'PageDown', 'PageDown', 'ArrowLeft', 'Home', 'ArrowRight', 'PageUp', 'End']) {
      await page.keyboard.press(key);
      const now = agree(await sets(page));
      if (now) wrong.push(`after ${key} in ${await slider.inputValue()}: ${now}`);
    }
    if ((await sets(page)).map !== before.map) wrong.push('End does not lead back to the start');
    return wrong.filter(Boolean).join('\n');
  }));

check('an earlier year stays in the address and says that borders are today\'s', () => on('organisations/nato/?year=1960', {}, async page => {
  const s = await sets(page), old = await page.isVisible('.asof .old');
  const second = await page.evaluate(() => document.querySelectorAll('.asof .map').length);
  return s.count === 15 && old && second === 2 && !agree(s) ? '' : JSON.stringify({ ...s, old, second });
}));

check('without scripts the map and its list stand, and no dead control', () => on('organisations/nato/', { javaScriptEnabled: false }, async page => {
  const items = await page.locator('.asof .roll li:visible').count();
  return items === 32 && await page.locator('.asof .map').first().isVisible() && !await page.isVisible('.asof input') ? '' : `${items} members in the list`;
}));

check('forced colours leave members and land apart', () => on('organisations/nato/', { forcedColors: 'active' }, page => page.evaluate(() => {
  const fill = s => getComputedStyle(document.querySelector(s)).fill;
  return fill('.map .shapes .s1') !== fill('.map .land') ? '' : 'one colour for both';
})));

check('the year moves the matrix', () => on('matrix/?year=1960', {}, async page => {
  const n = await page.textContent('.cmpform [role=status]');
  return /1960/.test(n) ? '' : n;
}));

// same compares what a timeline draws and what it lists.
const same = page => page.evaluate(() => [...document.querySelectorAll('.tlpage > section')].filter(s => s.checkVisibility()).map(s => {
  const seen = e => getComputedStyle(e).display !== 'none';
  const drawn = [...s.querySelectorAll('.it')].filter(seen).map(a => a.dataset.i || a.getAttribute('href').slice(1)).sort().join();
  const listed = [...s.querySelectorAll('.ev')].filter(seen).map(e => e.id).sort().join();
  return drawn === listed ? '' : `${s.querySelector('h2').textContent}: drawn ${drawn.length}, listed ${listed.length}`;
}).filter(Boolean).join('\n'));

// apart says which two entries of one lane overlap.
const apart = page => page.evaluate(() => {
  const wrong = [];
  for (const svg of document.querySelectorAll('.lanes')) {
    if (!svg.checkVisibility()) continue;
    const lanes = {};
    for (const a of svg.querySelectorAll('.it')) { if (getComputedStyle(a).display === 'none') continue; const { x, width } = a.getBBox(); (lanes[a.getAttribute('transform')] ??= []).push([x, x + width, a.textContent]); }
    for (const list of Object.values(lanes)) { list.sort((a, b) => a[0] - b[0]); list.forEach((p, i) => { if (i && p[0] < list[i - 1][1]) wrong.push(`${list[i - 1][2]} | ${p[2]}`); }); }
  }
  return wrong.slice(0, 5).join('\n');
});

for (const [path, what] of [['timeline/', 'all'], ['timeline/?body=nato', 'a body'], ['timeline/?region=africa&kind=accession.treaty', 'a region and kinds'], ['timeline/?era=era-4&detail=1', 'an era and landmarks'],
  ['timeline/periods/', 'periods'], ['timeline/periods/?kind=treaty', 'a kind of period'], ['timeline/periods/?region=europe&era=era-5', 'periods of a region']])
  check(`drawing and list show the same, none over another: ${what}`, () => on(path, {}, async page => [await same(page), await apart(page)].filter(Boolean).join('\n')));

check('the timeline filters, says how many, and keeps it in the address', () => on('timeline/', {}, async page => {
  await page.selectOption('[name=body]', 'nato');
  await page.selectOption('[name=era]', 'era-4');
  await page.check('[name=kind][value=accession]', { force: true });
  const n = await page.textContent('.tlform [role=status]'), search = new URL(page.url()).search;
  await page.reload();
  return / of /.test(n) && await page.textContent('.tlform [role=status]') === n && search === '?era=era-4&body=nato&kind=accession' ? '' : `${n} ${search}`;
}));

check('without scripts the timeline is whole and its entries are links', () => on('timeline/', { javaScriptEnabled: false }, async page => {
  const drawn = await page.locator('.lanes .it').count(), listed = await page.locator('.tlpage .ev').count();
  const dead = await page.evaluate(() => [...document.querySelectorAll('.lanes .it')].filter(a => !document.querySelector('#' + CSS.escape(a.getAttribute('href').slice(1)))).length).catch(() => 0);
  return drawn === listed && drawn > 200 && !dead ? '' : `${drawn} drawn, ${listed} listed, ${dead} lead nowhere`;
}));

check('the form of the comparison names the pair that the page shows', () => on('compare/', {}, async page => {
  await page.waitForFunction(() => document.querySelector('.vsform select').options.length > 2);
  const said = await page.evaluate(() => [...document.querySelectorAll('.vsform select')].map(s => s.selectedOptions[0].text.split(' · ')[0]));
  const shown = await page.textContent('.vssum');
  return said.every(n => shown.includes(n)) ? '' : `${said} over "${shown}"`;
}));

check('any two can be compared, from the keyboard, and the address keeps the pair', () => on('compare/', {}, async page => {
  await page.waitForFunction(() => document.querySelector('#va')?.options.length > 10);
  await page.selectOption('#va', 'nato');
  await page.selectOption('#vb', 'european-union');
  await page.waitForFunction(() => /NATO/.test(document.querySelector('.vssum').textContent) && /b=european-union/.test(location.search));
  const both = await page.textContent('.vspart:first-of-type h3 small');
  await page.reload();
  await page.waitForFunction(() => /NATO/.test(document.querySelector('.vssum').textContent));
  return both === '23' ? '' : `${both} in both`;
}));

check('two states can be compared by address', () => on('compare/?a=poland&b=hungary', {}, async page => {
  await page.waitForFunction(() => /Poland/.test(document.querySelector('.vssum').textContent));
  return page.evaluate(() => document.querySelector('[name=kind]:checked').value === 'states' ? '' : 'the form says bodies');
}));

check('without scripts a pair stands and others are linked', () => on('compare/', { javaScriptEnabled: false }, async page =>
  await page.locator('.vspart').count() === 3 && await page.locator('.sect .az a').count() > 8 && !await page.isVisible('.vsform') ? '' : 'the page is not whole'));

check('indicators of any states can be set beside one another', () => on('indicators/', {}, async page => {
  await page.waitForFunction(() => document.querySelector('#is0')?.options.length > 10);
  await page.selectOption('#im', 'exercises');
  await page.selectOption('#is0', 'japan');
  await page.waitForFunction(() => /Japan/.test(document.querySelector('#by-year [role=status]').textContent) && /measure=exercises/.test(location.search));
  return page.evaluate(() => document.querySelector('#by-year thead').textContent.includes('Japan') && document.querySelectorAll('.lines .l1 line').length ? '' : 'table or line is missing');
}));

check('indicators chosen by address are drawn like those made beforehand, from the same year and with their unit', () => on('indicators/', {}, async page => {
  const read = () => page.evaluate(() => JSON.stringify([[...document.querySelectorAll('.lines text')].map(t => [t.textContent, parseFloat(t.getAttribute('x')).toFixed(1), t.getAttribute('class') || '']).sort(), document.querySelector('.lines').closest('figure').querySelector('.since').textContent]));
  await page.waitForFunction(() => document.querySelector('#is0')?.options.length > 10);
  const made = await read(), states = await page.$$eval('.indform [name=s]', l => l.map(s => s.dataset.s).join('.'));
  await page.goto(new URL(`?s=${states}&measure=kept`, page.url()).href);
  await page.waitForSelector('[data-drawn]');
  const drawn = await read();
  return made === drawn && /: number by year/.test(drawn) ? '' : `${drawn}\nfor ${made}`;
}));

check('a body of the network brings out its ties', () => on('network/', {}, async page => {
  await page.locator('.arcs .node').first().focus();
  return page.evaluate(() => document.querySelectorAll('.arcs .tie.on').length && document.querySelector('.arcs.chosen') ? '' : 'no tie stands out');
}));

check('time runs left to right in a page that does not', () => on('timeline/', {}, page => page.evaluate(() => {
  document.documentElement.dir = 'rtl';
  const ticks = [...document.querySelectorAll('.lanes > text')].slice(0, 2).map(t => t.getBoundingClientRect().x);
  return ticks[0] < ticks[1] && document.documentElement.scrollWidth <= innerWidth ? '' : `ticks at ${ticks}`;
})));

check('a drawing scrolls by itself on a phone', () => on('timeline/', { viewport: PHONE, hasTouch: true, isMobile: true }, page => page.evaluate(() => {
  const wrap = document.querySelector('.lanewrap');
  wrap.scrollLeft = 200;
  return wrap.scrollLeft === 200 && document.documentElement.scrollWidth <= innerWidth ? '' : 'it does not scroll, or the page does';
})));

for (const [kind, at, box] of [['drawing', 'timeline/', '.lanewrap'], ['table', 'network/', '.tablewrap'], ['table from right to left', 'network/', '.tablewrap']])
  check(`a ${kind} fades at the side that has more`, () => on(at, { viewport: { width: 320, height: 800 } }, page => page.evaluate(async ([box, rtl]) => {
    if (rtl) document.documentElement.dir = 'rtl';
    const wrap = document.querySelector(box), frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))), said = [];
    wrap.firstElementChild.style.minInlineSize = '60rem';
    const end = wrap.scrollWidth - wrap.clientWidth;
    for (const x of [0, end / 2, end]) {
      wrap.scrollLeft = rtl ? -x : x;
      await frame();
      const style = getComputedStyle(wrap);
      said.push([style.getPropertyValue('--back'), style.getPropertyValue('--fade')].map(parseFloat).join(' '));
      if (!style.maskImage.startsWith(`linear-gradient(to ${rtl ? 'left' : 'right'}`)) return style.maskImage;
    }
    wrap.replaceChildren('short');
    await frame();
    said.push(parseFloat(getComputedStyle(wrap).getPropertyValue('--fade')));
    return said.join() === '0 40,40 40,40 0,0' ? '' : said.join();
  }, [box, /right to left/.test(kind)])));

check('print shows drawings whole', () => on('timeline/', {}, async page => {
  await page.emulateMedia({ media: 'print' });
  return page.evaluate(() => { const w = document.querySelectorAll('.lanewrap')[4]; return w.scrollHeight <= w.clientHeight + 2 && getComputedStyle(document.querySelector('.tlform')).display === 'none' ? '' : 'cut, or the form is printed'; });
}));

check('print shows the matrix whole, with its day', () => on('matrix/', { viewport: { width: 1000, height: 700 } }, async page => { // A4, on its side
  await page.emulateMedia({ media: 'print' });
  return page.evaluate(() => {
    const wrap = document.querySelector('.matrixwrap'), day = document.querySelector('.matrix .asof').getBoundingClientRect();
    if (document.documentElement.scrollWidth > innerWidth || wrap.scrollHeight > wrap.clientHeight + 2) return 'it is cut';
    return day.width > 20 && day.height > 8 ? '' : 'no day is printed';
  });
}));

check('a network fits a phone', () => on('network/', { viewport: { width: 360, height: 700 } }, page => page.evaluate(() => {
  const cut = [...document.querySelectorAll('.arcs .tie, .arcs .node text')].find(e => { const r = e.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth; });
  return cut ? 'cut: ' + cut.textContent : '';
})));

check('drawings keep their words inside from right to left', () => on('organisations/nato/', {}, page => page.evaluate(() => {
  document.documentElement.dir = 'rtl';
  const svg = document.querySelector('.plot.steps'), box = svg.getBoundingClientRect();
  const out = [...svg.querySelectorAll('text')].find(t => { const r = t.getBoundingClientRect(); return r.left < box.left - 1 || r.right > box.right + 1; });
  const th = document.querySelector('.data tbody th'), range = document.createRange();
  range.selectNodeContents(th);
  if (out) return 'outside: ' + out.textContent;
  return Math.abs(range.getBoundingClientRect().right - th.getBoundingClientRect().right) < 2 ? '' : 'the first column of a table does not begin at its edge';
})));

check('a timeline on which nothing is left offers the way back, and one of no such body shows all', () => on('timeline/?body=nato&kind=ending&region=oceania', {}, async page => {
  await page.waitForFunction(() => /^0 /.test(document.querySelector('.tlform .count').textContent));
  await page.click('.tlform [type=reset]');
  await page.waitForFunction(() => /^\d{3} /.test(document.querySelector('.tlform .count').textContent) && !location.search && !document.querySelector('.tlform [type=reset]').checkVisibility());
  await page.goto(new URL('?body=nosuch', page.url()).href);
  await page.waitForLoadState('load');
  return page.evaluate(() => document.querySelector('#fa').selectedIndex === 0 ? '' : 'no body is chosen, not even all');
}));

check('a pair that is chosen reads like one made beforehand', () => on('compare/', {}, async page => {
  const read = () => page.evaluate(() => [document.querySelector('.vssum').textContent, ...[...document.querySelectorAll('#vs .spans thead th')].slice(0, 2).map(th => th.textContent)].join('|'));
  const made = await read();
  await page.goto(new URL('?' + await page.evaluate(() => new URLSearchParams({ a: document.querySelector('.vsform').dataset.a, b: document.querySelector('.vsform').dataset.b }).toString()), page.url()).href);
  await page.waitForSelector('#vs[data-drawn]');
  const chosen = await read();
  return made === chosen ? '' : `${chosen} for ${made}`;
}));
