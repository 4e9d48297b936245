// BibTeX, RIS and CSL-JSON of each page, read by two libraries.
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import '@citation-js/plugin-ris';
import { parse as bibtex } from '@retorquere/bibtex-parser';
import { check, heading, lacking, unescape } from '../lib.mjs';

const flat = s => s.replace(/\s+/g, ' ').trim();
// forms are the citations that a page shows, by style.
const forms = (site, dir) => Object.fromEntries([...site.text(dir + 'index.html').matchAll(/<dt>([\w-]+)<\/dt><dd><span>(.*?)<\/span><button[^>]* data-copy>/gs)].map(([, style, text]) => [style, unescape(text)]));
const csl = (site, dir) => JSON.parse(forms(site, dir)['CSL-JSON'])[0];

check('every page with a text or record has its citations', (site, wrong) => {
  const things = site.things();
  for (const dir of things) {
    const styles = Object.keys(forms(site, dir)).join();
    if (styles !== 'Chicago,APA,BibTeX,RIS,CSL-JSON') wrong(`${dir} is cited as ${styles}`);
    for (const [style, end] of [['BibTeX', 'bib'], ['RIS', 'ris'], ['CSL-JSON', 'json']]) {
      if (!site.text(dir + 'index.html').includes(`data-save="${end}">${style}</button>`)) wrong(`${dir}: ${style} cannot be saved`);
    }
  }
  return things.length;
});

check('CSL-JSON lacks nothing and can be set', (site, wrong) => {
  const dirs = site.things();
  for (const dir of dirs) {
    const item = csl(site, dir);
    for (const key of lacking(item, ['id', 'type', 'title', 'container-title', 'author.0.literal', 'issued.date-parts.0.2', 'language', 'note', 'URL'])) wrong(`${dir}: no ${key}`);
    if (flat(item.title) !== flat(heading(site.text(dir + 'index.html')))) wrong(`${dir}: title ${item.title}`);
    if (!site.has(item.URL)) wrong(`${dir}: ${item.URL} leads nowhere`);
    if (!/2\d\d\d/.test(item.note) || !item.note.includes('31 October 2025') && site.name === 'hostile') wrong(`${dir}: note ${item.note}`);
    if (dirs.length < 50 || dir.startsWith('topics/')) {
      const set = new Cite(item).format('bibliography', { template: 'apa', lang: 'en-US' });
      const start = flat(item.title.replace(/<[^>]*>/g, '')).toLowerCase().slice(0, 12).replace(/["'].*/, '');
      if (!flat(set).toLowerCase().includes(start)) wrong(`${dir}: set as ${set}`);
    }
  }
  return dirs.length;
});

check('BibTeX says the same in two parsers', (site, wrong) => {
  const dirs = site.things(), keys = new Map();
  for (const dir of dirs) {
    const text = forms(site, dir).BibTeX, item = csl(site, dir);
    const found = bibtex(text, { sentenceCase: false, english: false });
    if (found.errors.length || found.entries.length !== 1) { wrong(`${dir}: ${JSON.stringify(found.errors)}, ${found.entries.length} entries`); continue; }
    const { key, fields } = found.entries[0];
    for (const name of lacking(fields, ['author', 'title', 'howpublished', 'year', 'date', 'language', 'note', 'url'])) wrong(`${dir}: no ${name}`);
    const plain = s => flat(unescape(s.replace(/<\/?(span|i|b|sup|sub|nc)\b[^>]*>/g, '')));
    for (const [name, want] of [['title', item.title], ['howpublished', item['container-title']], ['note', item.note]]) {
      if (plain(fields[name]) !== flat(want) && flat(fields[name]) !== flat(want)) wrong(`${dir}: ${name} is ${fields[name]}, not ${want}`);
    }
    if (decodeURI(fields.url) !== decodeURI(item.URL)) wrong(`${dir}: url ${fields.url}`);
    if (!/^[A-Za-z0-9]+$/.test(key) || keys.has(key)) wrong(`${dir}: key ${key}, also of ${keys.get(key)}`);
    keys.set(key, dir);
    const [other] = new Cite(text).data;
    if (lacking(other, ['title', 'author', 'issued', 'URL']).length) wrong(`${dir}: the second parser lacks ${lacking(other, ['title', 'author', 'issued', 'URL'])}`);
    if (plain(other.title) !== flat(item.title) && flat(other.title) !== flat(item.title)) wrong(`${dir}: the second parser reads ${other.title}, not ${item.title}`);
  }
  return dirs.length;
});

check('RIS lacks nothing', (site, wrong) => {
  const dirs = site.things();
  for (const dir of dirs) {
    const text = forms(site, dir).RIS, item = csl(site, dir);
    const lines = text.split('\n');
    if (lines[0] !== 'TY  - ELEC' || lines.at(-1) !== 'ER  - ') wrong(`${dir}: begins or ends otherwise`);
    const tags = lines.map(l => /^([A-Z][A-Z0-9]) {2}- /.exec(l)?.[1]);
    for (const tag of ['TI', 'AU', 'T2', 'PY', 'DA', 'LA', 'N1', 'UR']) if (tags.filter(t => t === tag).length !== 1) wrong(`${dir}: ${tag} stands ${tags.filter(t => t === tag).length} times`);
    if (tags.includes(undefined)) wrong(`${dir}: a line without a tag`);
    const data = new Cite(text).data;
    if (data.length !== 1) { wrong(`${dir}: ${data.length} works`); continue; }
    for (const name of lacking(data[0], ['title', 'author', 'issued', 'URL', 'language'])) wrong(`${dir}: no ${name}`);
    if (flat(data[0].title) !== flat(item.title)) wrong(`${dir}: title ${data[0].title}, not ${item.title}`);
  }
  return dirs.length;
});
