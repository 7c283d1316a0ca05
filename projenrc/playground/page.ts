import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { licences } from '../licences';

const root = resolve(__dirname, '..', '..');

/** docs/playground.html: everything is in the one file, and its policy forbids it every connection and every other script and style. */
export function playgroundPage(): string {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [join(root, 'playground', 'main.ts')],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    outdir: root,
    absWorkingDir: root,
    logLevel: 'warning',
  });
  const script = outputFiles[0]!.text.trim();
  const style = readFileSync(join(root, 'playground', 'page.css'), 'utf8').trim();
  if (/<\/(script|style)|<!--/i.test(script + style)) throw new Error('the script or the style would end before its end');
  const parts: { readonly [part: string]: string } = {
    POLICY: `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    STYLE: style,
    SCRIPT: script,
    LICENCES: escaped(
      `This page is a part of cdk8s-snapshot-clone (Apache-2.0), and contains these libraries:\n\n${notices(metafile.inputs)}`,
    ),
  };
  return readFileSync(join(root, 'playground', 'page.html'), 'utf8').replace(/%([A-Z]+)%/g, (_, part) => parts[part]!);
}

function notices(inputs: object): string {
  // What dagre ships holds graphlib.
  return licences(root, [...Object.keys(inputs), 'node_modules/@dagrejs/graphlib/package.json']);
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
