// Views that scripts move: matrix and timeline.
import { check, on } from '../lib.mjs';

check('the year moves the matrix', () => on('matrix/?year=1960', {}, async page => {
  const n = await page.textContent('.cmpform [role=status]');
  return /1960/.test(n) ? '' : n;
}));

check('the timeline filters by body', () => on('timeline/?body=nato', {}, async page => {
  const n = await page.textContent('.tlform [role=status]');
  return / of /.test(n) ? '' : n;
}));
