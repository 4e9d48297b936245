// Tests of what readers take away from a built site, with parsers of others: node run.mjs FOLDER [AREA...]. Each area is a file
// of checks/. A second site has names that formats could trip over.
import { build, entente, run, Site } from './lib.mjs';
import { hostile } from './hostile.mjs';

const [folder = '../../public', ...areas] = process.argv.slice(2);
const dir = build('hostile', hostile);
entente('edition', 'cut', 'first', dir);
entente('build', dir);
process.exit(await run([new Site('included', folder), new Site('hostile', `${dir}/public`)], areas) ? 1 : 0);
