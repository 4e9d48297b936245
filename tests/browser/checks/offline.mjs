// Reading without a network, on a site whose settings ask for it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { check, on, PROGRAM, repo, scratch } from '../lib.mjs';
import { serve } from '../serve.mjs';

// kept looks into the newest store, and only where one is expected: to open one that is being removed would make it again.
const kept = (page, looks) => page.evaluate(async looks => {
  const names = await caches.keys();
  return { names, urls: looks && names.length ? (await (await caches.open(names.at(-1))).keys()).map(r => new URL(r.url).pathname) : [] };
}, looks);
const until = async (page, what, test, looks = true) => {
  for (let i = 0; i < 300; i++) {
    const now = await kept(page, looks);
    if (test(now)) return now;
    await page.waitForTimeout(100);
  }
  throw new Error(`never ${what}: ${JSON.stringify(await kept(page, looks))}`);
};

check('pages read before open without a network, of one edition, until the setting is off', async () => {
  const dir = scratch(), out = path.join(dir, 'public'), settings = path.join(dir, 'content/site.yaml');
  fs.cpSync(path.join(repo, 'tests/browser/sites/fr'), dir, { recursive: true });
  const plain = fs.readFileSync(settings, 'utf8');
  const publish = more => {
    fs.writeFileSync(settings, plain + more);
    execFileSync(PROGRAM, ['build', dir, '--out', out], { stdio: 'pipe' });
  };
  publish('features: {service_worker: true}\n');
  const site = await serve(out);
  try {
    return await on('organisations/nato/', { site }, async page => {
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.goto(site.url + 'states/france/');
      const first = await until(page, 'kept', k => k.urls.includes('/states/france/') && k.urls.includes('/'));
      await page.context().setOffline(true);
      await page.goto(site.url + 'states/france/');
      if (!/France/.test(await page.textContent('h1'))) return 'the page read before does not open';
      if (await page.evaluate(() => getComputedStyle(document.querySelector('.masthead')).borderBlockEndStyle) !== 'solid') return 'no sheet without a network';
      await page.goto(site.url + 'glossary/');
      if (!/Hors ligne/.test(await page.textContent('h1')) || !await page.locator('a[href$="/states/france/"]').count()) return 'no words for a page that was not kept';
      page.errors = page.errors.filter(e => !/503|ERR_INTERNET/.test(e));
      await page.context().setOffline(false);

      fs.appendFileSync(path.join(dir, 'content/topics/dissuasion.md'), '\nUne nouvelle phrase.\n');
      publish('features: {service_worker: true}\n');
      await page.goto(site.url + 'topics/dissuasion/');
      const second = await until(page, 'the next edition', k => k.names.length === 1 && k.names[0] !== first.names[0]);
      if (!second.urls.includes('/states/france/')) return 'the next edition forgot what was kept: ' + second.urls;

      publish('');
      await page.goto(site.url);
      await page.evaluate(() => navigator.serviceWorker.getRegistration().then(r => r?.update()));
      await until(page, 'removed', k => !k.names.length, false);
      await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistrations()).length); // the worker went too
    });
  } finally { site.close(); }
});
