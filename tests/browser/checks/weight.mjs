// How much a first visit moves.
import { check, on } from '../lib.mjs';

const BUDGET = 75; // kB
for (const at of ['topics/nato-and-collective-security/', 'organisations/nato/', '']) {
  check(`first visit of ${at || 'home'} weighs at most ${BUDGET} kB`, () => on('404.html', {}, async page => {
    let bytes = 0;
    page.on('response', r => { bytes += +(r.headers()['content-length'] ?? 0) + 250; });
    await page.goto(page.site.url + at, { waitUntil: 'networkidle' });
    return bytes / 1000 <= BUDGET ? '' : `${(bytes / 1000).toFixed(1)} kB`;
  }));
}
