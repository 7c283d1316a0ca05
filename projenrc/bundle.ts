/**
 * Makes lib/cli/snapshot-clone.js: the command and the libraries it needs in one file, so that it starts fast and brings nothing into
 * node_modules. The libraries' licences are beside it.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(__dirname, '..');
const folder = join(root, 'lib', 'cli');
const bundle = join(folder, 'snapshot-clone.js');
const { version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { metafile } = buildSync({
  entryPoints: [join(root, 'src', 'cli', 'snapshot-clone.ts')],
  outfile: bundle,
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
chmodSync(bundle, 0o755);
writeFileSync(join(folder, 'LICENSES.txt'), licences(Object.keys(metafile.inputs)));

/** The notices of every package that is in the bundle. One without a licence file fails the build. */
function licences(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const notices = [...folders].sort().map((path) => {
    const about = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, path)).find((name) => /^licen[cs]e(\.|$)/i.test(name));
    if (!file || !existsSync(join(root, path, file))) throw new Error(`${about.name} is bundled, but has no licence file`);
    return `${about.name} ${about.version} (${about.license})\n\n${readFileSync(join(root, path, file), 'utf8').trim()}\n`;
  });
  return `snapshot-clone.js contains these libraries:\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
