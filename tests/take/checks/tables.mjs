// CSV, and the data package with its schema.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { Package } from 'datapackage';
import { build, check, entente, lacking } from '../lib.mjs';

const cell = s => s.startsWith("'") ? s.slice(1) : s;

check('every CSV file is read strictly, and no cell is a formula', (site, wrong) => {
  let n = 0;
  for (const file of site.ending('.csv')) {
    const text = site.text(file);
    if (/[^\r]\n/.test(text)) wrong(`${file}: a line ends without CR`);
    const [head, ...rows] = parse(text, { relaxColumnCount: false });
    if (head.some(h => h === '') || new Set(head).size !== head.length) wrong(`${file}: columns ${head}`);
    for (const row of rows) for (const c of row) {
      n++;
      if (/^[=+\-@\t\r\n]/.test(c) && !/^-\d+$/.test(c)) wrong(`${file}: ${JSON.stringify(c)} is a formula`);
    }
    const twin = file.replace(/csv$/, 'json');
    if (file.startsWith('data/') || !site.known.has(twin)) continue;
    const same = JSON.parse(site.text(twin)).map(o => head.map(h => String(o[h])));
    if (JSON.stringify(same) !== JSON.stringify(rows.map(r => r.map(cell)))) wrong(`${file} and its JSON differ`);
  }
  return n;
});

check('the data package is valid, with its relations', async (site, wrong) => {
  const p = await Package.load(path.join(site.root, 'data/datapackage.json'), { strict: false });
  if (!p.valid) for (const e of p.errors) wrong(String(e));
  for (const name of lacking(p.descriptor, ['name', 'title', 'description', 'version', 'homepage', 'id', 'licenses.0.name', 'licenses.0.path', 'sources.0.title', 'profile'])) wrong(`no ${name}`);
  let n = 0;
  for (const r of p.resources) {
    for (const name of lacking(r.descriptor, ['name', 'path', 'schema.fields', 'mediatype', 'encoding', 'profile'])) wrong(`${r.name}: no ${name}`);
    try { n += (await r.read({ relations: true })).length; } catch (e) { wrong(`${r.name}: ${e.message} ${(e.errors ?? []).slice(0, 3)}`); }
  }
  return n;
});

check('tables come back as they went, from the folder and the archive', (site, wrong) => {
  const tables = site.files.filter(f => /^data\/.*\.csv$/.test(f));
  for (const from of ['data', 'data/datapackage.zip']) {
    const dir = build(`${site.name}-${path.basename(from)}`, { 'content/site.yaml': "title: Again\nas_of: '2025-10-31'\n" });
    entente('import', path.join(site.root, from), dir);
    entente('build', dir);
    for (const f of tables) if (!fs.readFileSync(path.join(dir, 'public', f)).equals(fs.readFileSync(path.join(site.root, f)))) wrong(`${from}: ${f} differs`);
  }
  return tables.length;
});
