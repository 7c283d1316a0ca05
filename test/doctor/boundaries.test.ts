import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../src/doctor/cluster-view';
import { CHECKS } from '../../src/doctor/diagnose';
import { KUBECTL_VERBS } from '../../src/doctor/kubectl';
import { anchorsOf, ROOT, readPage } from '../docs/page';

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(ROOT, 'src', file), 'utf8') }));

test('kubectl is asked for nothing that could write', () => {
  expect(KUBECTL_VERBS).toEqual([['get', '--raw']]);
  expect(sources.filter(({ text }) => text.includes("'kubectl'")).map(({ file }) => file)).toEqual(['doctor/kubectl.ts']);
});

test('no Secret and no ConfigMap is read', () => {
  expect(Object.keys(KINDS).filter((name) => /secret|configmap/.test(name))).toEqual([]);
});

test('the library that programs import knows nothing of the doctor', () => {
  const importers = sources.filter(({ file, text }) => /from '[^']*doctor/.test(text) && !/^(doctor|cli)\//.test(file));
  expect(importers.map(({ file }) => file)).toEqual([]);
});

test('the doctor imports nothing but Node and what lies beside it', () => {
  const foreign = sources
    .filter(({ file }) => file.startsWith('doctor/'))
    .flatMap(({ text }) => [...text.matchAll(/from '([^']+)'/g)].map(([, module]) => module))
    .filter((module) => !module.startsWith('.') && !module.startsWith('node:'));
  expect(foreign).toEqual([]);
});

test('every page that a finding names is there, with its heading', () => {
  const pages = sources.flatMap(({ text }) => [...text.matchAll(/\bpage\('([^']+)'\)/g)].map(([, path]) => path));
  expect(pages.length).toBeGreaterThan(5);
  const broken = pages.filter((path) => {
    const [file, anchor] = path.split('#');
    return !anchorsOf(readPage(file)).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('the page of the doctor names every check, and no other', () => {
  const rows = [...readPage('docs/doctor.md').prose.matchAll(/^\| `([a-z][a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(rows).toEqual(CHECKS.map(({ id }) => id));
});
