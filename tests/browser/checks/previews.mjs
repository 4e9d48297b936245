// What links show before they are followed.
import { check, on, PHONE } from '../lib.mjs';

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
  await page.locator('.body a[href*="states/"]').first().hover();
  await page.waitForSelector('#pop:popover-open');
}));

check('every kind of link shows something: page, section, same page, source', () => on('organisations/nato/', {}, async page => {
  const wrong = [];
  for (const selector of ['.infobox dd a', '.body p a[href*="states/"]', 'a[href*="sources/#"]', '.body a.ref']) {
    const link = page.locator(selector).first();
    if (!await link.count()) { wrong.push('no link ' + selector); continue; }
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await link.scrollIntoViewIfNeeded();
    await link.hover();
    await page.waitForFunction(s => { const a = document.querySelector(s); return a.getAttribute('aria-describedby') === 'pop' && document.querySelector('#pop:popover-open')?.textContent.trim().length > 10; }, selector)
      .catch(() => wrong.push('no preview of ' + selector));
  }
  return wrong.join('\n');
}));

check('a preview stays while it is pointed at, and Escape dismisses it', () => on('organisations/nato/', {}, async page => {
  await page.locator('.body p a').first().hover();
  await page.waitForSelector('#pop:popover-open');
  await page.hover('#pop');
  await page.waitForTimeout(600); // longer than the delay after which it would hide
  if (!await page.isVisible('#pop')) return 'gone while pointed at';
  await page.keyboard.press('Escape');
  await page.waitForSelector('#pop:not(:popover-open)', { state: 'attached' });
}));

check('on touch a long press shows a page and does not follow the link', () => on('organisations/nato/', { viewport: PHONE, hasTouch: true, isMobile: true }, async page => {
  const link = page.locator('.body p a:not(.ref, .term, .fact)').first();
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox(), at = page.url(), client = await page.context().newCDPSession(page);
  const point = [{ x: box.x + 5, y: box.y + box.height / 2 }];
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point });
  await page.waitForSelector('#pop:popover-open');
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  return page.url() === at ? '' : 'the link was followed';
}));
