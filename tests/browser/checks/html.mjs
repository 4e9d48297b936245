// Every page of the included site before the Nu HTML checker.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { check, folder } from '../lib.mjs';

check('the Nu HTML checker finds no error on any page', () => new Promise(done => {
  const jar = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const args = ['-Xss4m', '-jar', jar, '--errors-only', '--format', 'json', '--skip-non-html', '--exit-zero-always', folder()];
  execFile('java', args, { maxBuffer: 1 << 26 }, (failure, out, err) => {
    if (failure) return done(`${failure.message.slice(0, 200)}\nit needs Java: install the package "default-jre-headless"`);
    const found = JSON.parse(err || out).messages;
    done(found.slice(0, 10).map(m => `${path.relative(folder(), m.url.replace('file:', ''))}:${m.lastLine}: ${m.message}`).join('\n'));
  });
}));
