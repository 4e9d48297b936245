// A site in another language, and from right to left.
import { axe, build, check, on, overflow } from '../lib.mjs';

const PAGES = ['', 'topics/dissuasion/', 'organisations/nato/', 'states/france/', 'search/', 'glossary/'];

for (const lang of ['ar', 'fr']) check(`${lang}: pages keep the rules, fit a narrow window and speak one language`, async () => {
  const site = await build('tests/browser/sites/' + lang), wrong = [];
  for (const at of PAGES) wrong.push(await on(at, { site }, async page => {
    const said = [await axe(page)];
    await page.setViewportSize({ width: 320, height: 800 });
    said.push(await overflow(page));
    const shell = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir || 'ltr', document.querySelector('.skip').textContent]);
    if (shell[0] !== lang || (shell[1] === 'rtl') !== (lang === 'ar') || /Skip/.test(shell[2])) said.push('the shell says ' + shell);
    return said.filter(Boolean).map(x => `${at}: ${x}`).join('\n');
  }));
  return wrong.filter(Boolean).join('\n');
});

check('search in Arabic folds vowel marks and forms of letters', async () => {
  const site = await build('tests/browser/sites/ar');
  return on('search/?q=الاطلسى', { site }, async page => {
    await page.waitForSelector('.searchpage [role=option]');
    const first = await page.textContent('.searchpage [role=option] b');
    return /حلف شمال الأطلسي/.test(first) ? '' : `first is ${first}`;
  });
});
