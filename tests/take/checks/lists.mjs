// The feed, the site map and the list for language models.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import RSS from 'rss-parser';
import { check, lacking } from '../lib.mjs';

check('the feed is Atom, with every entry whole', async (site, wrong) => {
  const text = site.text('feed.xml');
  if (XMLValidator.validate(text) !== true) wrong(JSON.stringify(XMLValidator.validate(text)));
  const { feed } = new XMLParser({ ignoreAttributes: false, parseTagValue: false, isArray: n => n === 'entry' || n === 'link' }).parse(text);
  for (const name of lacking(feed, ['id', 'title', 'updated', 'author.name', 'rights', '@_xml:lang'])) wrong(`the feed lacks ${name}`);
  for (const rel of ['self', 'alternate']) if (!site.has(feed.link.find(l => l['@_rel'] === rel)?.['@_href'] ?? '')) wrong(`no link ${rel}`);
  const { items } = await new RSS().parseString(text);
  if (items.length !== feed.entry.length) wrong(`one parser finds ${items.length} entries, the other ${feed.entry.length}`);
  const ids = new Set();
  let last = '9';
  for (const e of feed.entry) {
    for (const name of lacking(e, ['id', 'title', 'updated', 'published', 'summary', 'category.@_term'])) wrong(`${e.id} lacks ${name}`);
    if (ids.has(e.id) || !e.id.startsWith(site.base)) wrong(`id ${e.id}`);
    ids.add(e.id);
    if (!/^\d{4}-\d\d-\d\dT00:00:00Z$/.test(e.updated) || e.updated > last || e.updated > feed.updated) wrong(`${e.id}: updated ${e.updated}`);
    last = e.updated;
    if (!site.has(e.link[0]['@_href'])) wrong(`${e.link[0]['@_href']} leads nowhere`);
    for (const [, href] of (e.content?.['#text'] ?? '').matchAll(/href="([^"]*)"/g)) if (!site.has(href)) wrong(`${e.id}: ${href} leads nowhere`);
  }
  if (!/<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="\.\/feed\.xml">/.test(site.text('index.html'))) wrong('the first page does not name the feed');
  return feed.entry.length;
});

check('the site map names every page that readers see, and no other', (site, wrong) => {
  const text = site.text('sitemap.xml');
  if (XMLValidator.validate(text) !== true) wrong(JSON.stringify(XMLValidator.validate(text)));
  const list = new Set(new XMLParser({ isArray: n => n === 'url' }).parse(text).urlset.url.map(u => u.loc));
  for (const page of site.pages()) {
    const at = site.base + page.replace(/index\.html$/, ''), hidden = /<meta name="robots" content="noindex">/.test(site.text(page));
    if (list.has(at) === hidden) wrong(`${page}: ${hidden ? 'not for search engines, and listed' : 'not listed'}`);
    list.delete(at);
  }
  for (const at of list) wrong(`${at} leads nowhere`);
  return site.pages().length;
});

check('llms.txt leads to every page as Markdown', (site, wrong) => {
  const text = site.text('llms.txt');
  if (!/^# .+\n\n> .+\n\n/.test(text)) wrong(`begins ${text.slice(0, 60)}`);
  const to = [...text.matchAll(/^- \[(?:[^\]\\]|\\.)*\]\(([^)]+)\)(?:: .+)?$/gm)].map(m => m[1]);
  if (to.length !== text.split('\n').filter(l => l.startsWith('- ')).length) wrong('a line of another form');
  for (const at of to) if (!site.has(at)) wrong(`${at} leads nowhere`);
  for (const dir of site.things()) if (!to.includes(`${site.base}${dir}index.md`) && !text.includes(`/${encodeURI(dir)}index.md`)) wrong(`${dir} is not listed`);
  for (const dir of site.things()) if (!/<link rel="alternate" type="text\/markdown" href="index.md">/.test(site.text(dir + 'index.html'))) wrong(`${dir} does not name its mirror`);
  return to.length;
});
