// Pages for everyone: accessibility rules, keyboard, narrow windows, no scripts, paper.
import { axe, check, KINDS, on, overflow, PHONE } from '../lib.mjs';

// One visit a page: what depends on the scheme is colour, and on the width, layout.
for (const at of KINDS) check(`rules, dark colours and 320 px ${at || 'home'}`, () => on(at, {}, async page => {
  const wrong = [await axe(page)];
  await page.emulateMedia({ colorScheme: 'dark' });
  wrong.push(await axe(page, ['color-contrast', 'link-in-text-block']));
  await page.setViewportSize({ width: 320, height: 800 });
  wrong.push(await overflow(page));
  return wrong.filter(Boolean).join('\n');
}));

const WALKED = ['', 'organisations/nato/', 'topics/nato-and-collective-security/', 'timeline/', 'matrix/', 'glossary/'];
for (const at of WALKED) check(`keyboard reaches everything ${at || 'home'}`, () => on(at, {}, page => page.evaluate(() => {
  const named = e => e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length || e.querySelector('title');
  const bad = [];
  for (const e of [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].slice(0, 400)) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.disabled || !e.getClientRects().length) continue;
    e.focus({ focusVisible: true });
    const words = e.outerHTML.slice(0, 100);
    if (document.activeElement !== e && e.type !== 'radio') bad.push('cannot focus ' + words);
    else if (!named(e)) bad.push('no name ' + words);
    else if (getComputedStyle(e).outlineStyle === 'none' && !e.closest('.chip, .field')) bad.push('no focus ring ' + words);
  }
  return bad.slice(0, 5).join('\n');
})));

check('the page is whole without scripts', () => on('organisations/nato/', { javaScriptEnabled: false }, async page => {
  const text = await page.textContent('main');
  return /Sweden/.test(text) && /Article|article/.test(text) ? '' : 'main has no members';
}));

check('the scheme button changes the scheme', () => on('', {}, async page => {
  await page.click('.themebtn');
  await page.waitForSelector('html[data-theme=light]');
}));

check('the menu opens without scripts', () => on('topics/', { javaScriptEnabled: false, viewport: PHONE }, async page => {
  await page.click('.menu');
  await page.waitForSelector('#menu:popover-open');
}));

check('print hides the navigation', () => on('organisations/nato/', {}, async page => {
  await page.emulateMedia({ media: 'print' });
  return await page.isVisible('.masthead') ? 'navigation is printed' : '';
}));
