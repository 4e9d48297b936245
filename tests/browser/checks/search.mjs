// Search as readers use it.
import { check, on } from '../lib.mjs';

const FIRST = [
  ['NATO', /North Atlantic Treaty Organization/], ['USSR', /Soviet Union/], ['Burma', /Myanmar/], ['DEU', /Germany/],
  ['OTAN', /North Atlantic Treaty Organization/], ['CSTO', /Collective Security Treaty Organization/], ['turkiye', /Türkiye/],
  ['Foal Eagle', /Foal Eagle/], ['deterence', /deterrence/i], ['Warsaw Pact', /Warsaw (Pact|Treaty Organization)/],
  ['casus foederis', /casus foederis/i],
];
check('each search finds what is meant first', () => on('glossary/', {}, async page => {
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog.search[open]');
  const wrong = [];
  for (const [query, want] of FIRST) {
    await page.fill('dialog.search input', query);
    await page.waitForFunction(q => document.querySelector('#hits')?.dataset.for === q, query);
    const found = await page.textContent('[role=option] b');
    if (!want.test(found)) wrong.push(`${query}: first is ${found}`);
  }
  return wrong.join('\n');
}));

check('search opens with /', () => on('', {}, async page => {
  await page.keyboard.press('/');
  await page.waitForSelector('dialog.search[open]');
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
