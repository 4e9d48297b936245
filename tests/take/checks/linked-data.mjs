// JSON-LD: expanded by a processor, measured by the vocabulary of schema.org.
import fs from 'node:fs';
import jsonld from 'jsonld';
import { check, lacking } from '../lib.mjs';

// What readers of linked data require or recommend for a type, and this site knows.
const WANTED = {
  Article: 'headline description image author.name author.url publisher.name publisher.logo datePublished dateModified url mainEntityOfPage inLanguage license isPartOf.name',
  Organization: 'name url', Country: 'name url',
  Legislation: 'name description url legislationType legislationDate datePublished',
  EventSeries: 'name description url startDate location.name location.address eventStatus image',
  Event: 'name description startDate location.name location.address eventStatus eventAttendanceMode image',
  'Event @id': 'name startDate location.name', // one that a list names
  ItemList: 'name description numberOfItems itemListOrder itemListElement',
  DefinedTermSet: 'name description url hasDefinedTerm license publisher.name',
  DefinedTerm: 'name description url termCode inDefinedTermSet',
  Dataset: 'name description url license creator.name publisher.name datePublished dateModified version temporalCoverage spatialCoverage distribution isAccessibleForFree variableMeasured keywords',
  DataDownload: 'name encodingFormat contentUrl',
  BreadcrumbList: 'itemListElement', ListItem: 'position name item',
  WebSite: 'name url', CollectionPage: 'name description url inLanguage license dateModified isPartOf.name publisher.name',
  Place: 'name', PropertyValue: 'propertyID value', SearchAction: 'target.urlTemplate query-input', EntryPoint: 'urlTemplate',
};

// vocabulary gives the properties of each type, inherited ones too.
function vocabulary() {
  const file = new URL('../node_modules/schema-dts/dist/schema.d.ts', import.meta.url);
  const types = new Map();
  for (const [, name, parents = '', body] of fs.readFileSync(file, 'utf8').matchAll(/^(?:export )?interface (\w+?)(?:Base|Leaf) (?:extends ([^{]*))?\{$(.*?)^\}/gms)) {
    const t = types.get(name) ?? { parents: new Set(), own: new Set() };
    for (const [, p] of parents.matchAll(/(\w+?)Base/g)) if (p !== name) t.parents.add(p);
    for (const [, p] of body.matchAll(/^ {4}"([\w-]+)"\??:/gm)) t.own.add(p);
    types.set(name, t);
  }
  const all = name => { const t = types.get(name); return new Set([...t.own, ...[...t.parents].filter(p => types.has(p)).flatMap(p => [...all(p)])]); };
  return { has: name => types.has(name), of: all };
}

const ADDRESSES = ['url', '@id', 'item', 'image', 'logo', 'contentUrl', 'mainEntityOfPage', 'inDefinedTermSet'];
const context = { '@vocab': 'https://schema.org/', ...Object.fromEntries(ADDRESSES.slice(0, -1).filter(a => a !== '@id').map(a => [a, { '@type': '@id' }])) };

check('every page says what it is, and lacks nothing', async (site, wrong) => {
  const words = vocabulary(), seen = new Set(), properties = new Map();
  let n = 0;
  for (const page of site.pages()) {
    const html = site.text(page);
    const scripts = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
    if (scripts.length !== 1) { wrong(`${page}: ${scripts.length} elements of linked data`); continue; }
    const doc = JSON.parse(scripts[0][1]);
    if (doc['@context'] !== 'https://schema.org') wrong(`${page}: context ${doc['@context']}`);
    const expanded = await jsonld.expand({ ...doc, '@context': context }, { safe: true, base: site.base + page });
    if (expanded.length !== doc['@graph'].length) wrong(`${page}: ${doc['@graph'].length} things expand to ${expanded.length}`);
    const visit = v => {
      if (Array.isArray(v)) return v.forEach(visit);
      if (typeof v !== 'object' || v === null) return;
      const type = v['@type'];
      seen.add(type);
      n++;
      if (!words.has(type)) return wrong(`${page}: schema.org has no ${type}`);
      if (!properties.has(type)) properties.set(type, words.of(type));
      for (const key of Object.keys(v)) {
        if (!key.startsWith('@') && key !== 'query-input' && !properties.get(type).has(key)) wrong(`${page}: ${type} has no ${key}`);
      }
      if (!WANTED[type] && type !== 'Thing' && type !== 'CreativeWork') wrong(`${page}: nobody said what ${type} needs`);
      for (const key of lacking(v, (WANTED[type === 'Event' && '@id' in v ? 'Event @id' : type] ?? 'name').split(' '))) wrong(`${page}: ${type} ${v.name ?? ''} lacks ${key}`);
      for (const key of ADDRESSES) {
        if (key in v && type !== 'CreativeWork' && !site.has(v[key])) wrong(`${page}: ${type} ${key} ${v[key]} leads nowhere`);
      }
      for (const key of ['startDate', 'endDate', 'foundingDate', 'dissolutionDate', 'datePublished', 'dateModified', 'legislationDate']) {
        if (key in v && !/^-?\d{4}(-\d\d){0,2}$/.test(v[key])) wrong(`${page}: ${key} ${v[key]} is no date`);
      }
      if (type === 'BreadcrumbList') {
        const last = v.itemListElement.at(-1);
        v.itemListElement.forEach((l, i) => { if (l.position !== i + 1) wrong(`${page}: crumb ${i + 1} says ${l.position}`); });
        if (last.item !== site.base + encodeURI(page.replace(/index\.html$/, '')) && last.item !== site.base + page.replace(/index\.html$/, '')) wrong(`${page}: the crumbs end at ${last.item}`);
      }
      Object.entries(v).forEach(([key, x]) => { if (key !== '@context') visit(x); });
    };
    doc['@graph'].forEach(visit);
    if (page !== 'index.html' && !doc['@graph'].some(t => t['@type'] === 'BreadcrumbList')) wrong(`${page}: no breadcrumbs`);
  }
  for (const type of ['Organization', 'Event', 'DefinedTermSet', 'DefinedTerm', 'Article', 'Dataset', 'BreadcrumbList']) if (!seen.has(type)) wrong(`no page is about a ${type}`);
  return n;
});
