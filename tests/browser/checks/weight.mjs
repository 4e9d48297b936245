// How much a first visit moves. What a page asks for is counted for every kind by Go (internal/build/sizes_test.go); here
// the browser says what it really fetches, fonts that the text needs included.
import { check, on } from '../lib.mjs';

const BUDGET = 60; // kB
for (const at of ['topics/nato-and-collective-security/', 'organisations/nato/', 'states/poland/', 'timeline/', '']) {
  check(`first visit of ${at || 'home'} weighs at most ${BUDGET} kB`, () => on(at, {}, async page => {
    await page.waitForLoadState('networkidle');
    return page.moved / 1000 <= BUDGET ? '' : `${(page.moved / 1000).toFixed(1)} kB`;
  }));
}
