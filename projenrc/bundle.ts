/**
 * Makes lib/cli/snapshot-clone.js, the command, and lib/plugin/index.js, the validation plugin of cdk8s: each with the libraries it needs in
 * its folder, so that it starts fast and brings nothing into node_modules. The libraries' licences are beside it.
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { licences } from './licences';

const root = resolve(__dirname, '..');
const { version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// Only a glob needs picomatch, and every start would have to compile it.
bundle('lib/cli', { 'snapshot-clone': 'src/cli/snapshot-clone.ts', picomatch: require.resolve('picomatch') }, ['picomatch']);
bundle('lib/plugin', { index: 'src/plugin/index.ts' });
chmodSync(join(root, 'lib', 'cli', 'snapshot-clone.js'), 0o755);

/** Each entry in one file, with all that it needs; but libraries that stand apart are entries themselves, and loaded when they are asked for. */
function bundle(name: string, entryPoints: { readonly [file: string]: string }, apart: readonly string[] = []): void {
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = buildSync({
    entryPoints,
    outdir: folder,
    bundle: true,
    alias: Object.fromEntries(apart.map((library) => [library, `./${library}.js`])),
    external: apart.map((library) => `./${library}.js`),
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
  const contains = `The files in this folder contain these libraries:`;
  writeFileSync(join(folder, 'LICENSES.txt'), `${contains}\n\n${licences(root, Object.keys(metafile.inputs))}`);
}
