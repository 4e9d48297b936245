// A site whose names hold what the formats give a meaning to.
const names = ['=1+1 & <b>"bold"</b>', "@SUM(A1); it's, {odd", '-2} \\ 100 % _$#^~', '</script><script>alert(1)</script>', 'ER  - end, TY  - ELEC',
  'BEGIN:VEVENT; END:VCALENDAR', 'لبنان والأردن', '日本国 🇯🇵 ' + 'ß'.repeat(90), "'quoted' [link](x)", "]]> <!-- &amp; ---> ''x`` | y"];
const q = s => JSON.stringify(s);

export const hostile = {
  'content/site.yaml': `title: ${q('A & B {of} <C>, 50 %; "D"')}\ntagline: ${q('It holds <all> & "more"')}\npublisher: ${q('P & Q, {Ltd}')}\nbase_url: https://x.example/under/\n` +
    "as_of: '2025-10-31'\nupdated: '2025-11-20'\nlicence: CC BY 4.0\nlicence_url: https://creativecommons.org/licenses/by/4.0/\n",
  'content/states/s.yaml': names.map((n, i) => `- {id: s${i}, name: ${q(n)}, region: europe, aliases: [${q('also ' + n)}], note: ${q(n + '\n' + n)}, sources: [src]}\n`).join(''),
  'content/organisations/o.yaml': `- id: pact\n  name: ${q(names[0] + ' pact')}\n  type: alliance\n  founded: '-0477'\n  members_complete: true\n  summary: ${q(names[2])}\n  sources: [src]\n  members:\n` +
    names.map((n, i) => `    - {member: s${i}, from: '19${50 + i}', note: ${q(n)}}\n`).join(''),
  'content/treaties/t.yaml': `- {id: t, name: ${q(names[3])}, type: alliance-treaty, signed: '1949-04-04', in_force: '1949-08-24', parties: [s1, s2], sources: [src]}\n`,
  'content/exercises/x.yaml': `- {id: x, name: ${q(names[4])}, first: '1999', lead: [s1], sources: [src]}\n`,
  'content/operations/op.yaml': `- {id: op, name: ${q(names[5])}, from: '1999-01-02', organisation: pact, location: ${q(names[6])}, sources: [src]}\n`,
  'content/events/e.yaml': names.map((n, i) => `- {id: e${i}, title: ${q(n)}, date: '19${60 + i}-02-03', type: founding, states: [s${i}], note: ${q(n + ' ' + n)}, sources: [src]}\n`).join(''),
  'content/glossary/g.yaml': names.map((n, i) => `- {id: g${i}, term: ${q(n + ' term')}, definition: ${q(n)}, sources: [src]}\n`).join(''),
  'content/sources/src.yaml': `- {id: src, title: ${q(names[3])}, author: ${q(names[2])}, url: 'https://y.example/?a=1&b=2'}\n`,
  'content/topics/odd.md': `---\ntitle: ${q(names[2] + ' ' + names[0])}\nsummary: ${q(names[4])}\n---\nText.\n`,
};
