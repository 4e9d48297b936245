// What links show before they are followed.
import { check, on } from '../lib.mjs';

const TOPIC = 'topics/nato-and-collective-security/';
const focus = (page, selector) => page.evaluate(s => document.querySelector(s).focus({ focusVisible: true }), selector);

check('a definition shows on focus and goes with Escape', () => on(TOPIC, {}, async page => {
  await page.locator('.body a.term').first().scrollIntoViewIfNeeded();
  await focus(page, '.body a.term');
  await page.waitForSelector('#pop:popover-open');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#pop:not(:popover-open)', { state: 'attached' });
}));

check('a bound figure says where it comes from', () => on(TOPIC, {}, async page => {
  await focus(page, '.body a.fact');
  await page.waitForSelector('#pop:popover-open');
  const text = await page.textContent('#pop');
  return /record|counted|membership/.test(text) ? '' : text;
}));

check('a link shows a preview of its page', () => on('organisations/nato/', {}, async page => {
  await page.locator('.body a[data-preview]').first().hover();
  await page.waitForSelector('#pop:popover-open');
}));
