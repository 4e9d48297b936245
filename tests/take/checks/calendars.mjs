// iCalendar, read by the library of a mail program.
import ICAL from 'ical.js';
import { check, lacking } from '../lib.mjs';

check('every calendar can be read and lacks nothing', (site, wrong) => {
  let n = 0;
  for (const file of site.ending('.ics')) {
    const text = site.text(file);
    for (const line of text.split('\r\n')) if (Buffer.byteLength(line) > 75 || /[\r\n]/.test(line)) wrong(`${file}: a line of ${Buffer.byteLength(line)} bytes`);
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const name of ['version', 'prodid', 'calscale', 'x-wr-calname']) if (!calendar.getFirstPropertyValue(name)) wrong(`${file}: no ${name}`);
    const ids = new Set(), page = JSON.parse(site.text('timeline/events.json'));
    for (const c of calendar.getAllSubcomponents('vevent')) {
      n++;
      const e = new ICAL.Event(c);
      const all = Object.fromEntries(['uid', 'dtstamp', 'dtstart', 'rrule', 'summary', 'url', 'transp'].map(k => [k, c.getFirstPropertyValue(k)]));
      for (const name of lacking(all, Object.keys(all))) wrong(`${file}: ${all.uid} lacks ${name}`);
      if (ids.has(all.uid)) wrong(`${file}: ${all.uid} twice`);
      ids.add(all.uid);
      if (!e.startDate.isDate || e.iterator().next().year !== e.startDate.year || !e.summary.endsWith(`(${e.startDate.year})`)) wrong(`${file}: ${e.summary} begins ${e.startDate}`);
      if (!page.some(p => p.date === e.startDate.toString() && p.title === e.summary.replace(/ \(\d+\)$/, ''))) wrong(`${file}: no event ${e.summary} on ${e.startDate}`);
      if (!site.has(all.url)) wrong(`${file}: ${all.url} leads nowhere`);
    }
    if (ids.size === 0) wrong(`${file}: empty`);
  }
  return n;
});
