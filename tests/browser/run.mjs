// Browser tests of a built site: node run.mjs FOLDER [AREA...]. Each area is a file of checks/; MATCH=words runs those whose name has them.
import { run } from './lib.mjs';

const [folder = '../../public', ...areas] = process.argv.slice(2);
process.exit(await run(folder, areas) ? 1 : 0);
