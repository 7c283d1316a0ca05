/**
 * Makes lib/cli/snapshot-clone.js, the command, and lib/plugin/index.js, the validation plugin of cdk8s: each with the libraries it needs in
 * one file, so that it starts fast and brings nothing into node_modules. The libraries' licences are beside it.
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { licences } from './licences';

const root = resolve(__dirname, '..');
const { version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

bundle('src/cli/snapshot-clone.ts', 'lib/cli/snapshot-clone.js');
bundle('src/plugin/index.ts', 'lib/plugin/index.js');
chmodSync(join(root, 'lib', 'cli', 'snapshot-clone.js'), 0o755);

function bundle(entry: string, file: string): void {
  const outfile = join(root, file);
  const folder = resolve(outfile, '..');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: `node${/[\d.]+/.exec(engines.node)![0]}`,
    minify: true,
    // Names in messages of faults stay readable.
    keepNames: false,
    legalComments: 'none',
    metafile: true,
    define: { VERSION: JSON.stringify(version) },
    absWorkingDir: root,
    logLevel: 'warning',
  });
  const contains = `${file.split('/').pop()} contains these libraries:`;
  writeFileSync(join(folder, 'LICENSES.txt'), `${contains}\n\n${licences(root, Object.keys(metafile.inputs))}`);
}
