import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { SnapshotCloneValidation } from '../../src/plugin';
import { SYNTH_ENTRY } from '../plugin/synth';
import { Folder } from './folder';
import { type Block, readPage } from './page';

const { blocks } = readPage('docs/check.md');
const folders: Folder[] = [];
const newFolder = () => folders[folders.push(new Folder()) - 1]!;
afterAll(() => {
  for (const folder of folders) folder.remove();
});

/** What a block must look like: each `$ command`, and all that it says. */
function transcript({ text }: Block, folder: Folder): string {
  const commands = [...text.matchAll(/^\$ (.+)$/gm)].map(([, command]) => command);
  return commands
    .map((command) => {
      const { stdout, stderr } = folder.run(`{ ${command}\n} 2>&1`);
      return `$ ${command}\n${stdout}${stderr}`;
    })
    .join('');
}

test('every transcript is, to the letter, what the command says of the files that the page shows above it', () => {
  const folder = newFolder();
  const transcripts = blocks.filter(({ language, info }) => language === 'console' || (info !== '' && language !== 'ts'));
  expect(transcripts.filter(({ language }) => language === 'console').length).toBeGreaterThan(5);
  for (const block of transcripts) {
    if (block.language === 'console') expect(`line ${block.line}\n${block.text}`).toBe(`line ${block.line}\n${transcript(block, folder)}`);
    else if (block.language === 'mermaid') expect(block.text).toBe(readFileSync(join(folder.path, block.info), 'utf8'));
    else folder.put(block);
  }
});

test('the transcript in the README is what the command says of the same files', () => {
  const folder = newFolder();
  for (const file of ['deploy/claim.yaml', 'deploy/snapshot.yaml']) folder.put(shown(file));
  const [block] = readPage('README.md').blocks.filter(({ language }) => language === 'console');
  expect(block!.text).toBe(transcript(block!, folder));
});

test('the entry of cdk8s.yaml loads the plugin, and its properties are properties of it', () => {
  const { validations } = load(shown('cdk8s.yaml').text) as { validations: { properties: object }[] };
  const [{ properties, ...entry }] = validations;
  expect(entry).toEqual(SYNTH_ENTRY);
  expect(() => new SnapshotCloneValidation(properties)).not.toThrow();
});

describe('the recipes', () => {
  // Helm, kustomize and kubectl are not here. Programs with their names print the page's manifests; what is tested is what comes after.
  const ready = (files: readonly string[]) => {
    const tree = newFolder();
    for (const file of ['deploy/claim.yaml', 'deploy/snapshot.yaml']) tree.put(shown(file));
    for (const program of ['helm', 'kustomize', 'kubectl']) tree.standIn(program, ...files);
    tree.standIn('npm');
    return tree;
  };
  const ungranted = ready(['deploy/claim.yaml', 'deploy/snapshot.yaml']);
  const granted = ready(['deploy/claim.yaml', 'deploy/snapshot.yaml']);
  granted.run('sed -i s/dev2/dev/ deploy/snapshot.yaml');
  const broken = ready([]);
  broken.run('rm -r deploy');

  const hook = () => (load(shown('.pre-commit-config.yaml').text) as PreCommit).repos[0]!.hooks[0]!.entry;
  const workflow = () => {
    const { steps } = (load(shown('.github/workflows/snapshot-clone.yml').text) as Workflow).jobs.check;
    return steps.flatMap(({ run }) => (run ? [run] : [])).join('\n');
  };
  const job = () => (load(shown('.gitlab-ci.yml').text) as { 'snapshot-clone': { script: string[] } })['snapshot-clone'].script.join('\n');
  const pipes = blocks
    .filter(({ language, section }) => language === 'sh' && section === 'Recipes')
    .flatMap(({ text }) => text.trimEnd().split('\n'));

  test.each([['pre-commit', hook()], ['GitHub', workflow()], ['GitLab', job()], ...pipes.map((pipe) => [pipe.split(' ')[0]!, pipe])])(
    'the lines of %s end with 0 when all is granted, with 1 when a claim is not, with 2 when there is nothing',
    (_, lines) => {
      expect([granted, ungranted, broken].map((tree) => tree.run(`set -e\n${lines}`).status)).toEqual([0, 1, 2]);
    },
  );

  test('what the workflows upload is what the command writes', () => {
    granted.run(workflow());
    expect(JSON.parse(readFileSync(join(granted.path, 'snapshot-clone.sarif'), 'utf8')).version).toBe('2.1.0');
    granted.run(job());
    expect(readFileSync(join(granted.path, 'snapshot-clone.xml'), 'utf8')).toContain('<testsuites');
    const { steps } = (load(shown('.github/workflows/snapshot-clone.yml').text) as Workflow).jobs.check;
    expect(steps.at(-1)!.with).toEqual({ sarif_file: 'snapshot-clone.sarif' });
  });

  test('the plugin for Argo CD gives the manifests and nothing else, or fails and says why', () => {
    const { command, args } = (load(shown('plugin.yaml').text) as ArgoCd).spec.generate;
    expect(command).toEqual(['sh', '-c']);
    const render = (tree: Folder) => tree.run(`sh -c "$SCRIPT"`, { SCRIPT: args[0] });
    const rendered = granted.run('kustomize build .').stdout;
    expect(render(granted)).toMatchObject({ status: 0, stdout: rendered, stderr: expect.stringContaining(': 0 errors') });
    expect(render(ungranted)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining("dev/mysql isn't allowed") });
    expect(render(broken)).toMatchObject({ status: 2, stdout: '' });
  });
});

interface PreCommit {
  readonly repos: readonly { readonly hooks: readonly { readonly entry: string }[] }[];
}

interface Workflow {
  readonly jobs: { readonly check: { readonly steps: readonly { readonly run?: string; readonly with?: object }[] } };
}

interface ArgoCd {
  readonly spec: { readonly generate: { readonly command: readonly string[]; readonly args: readonly string[] } };
}

/** The first block of that name. */
function shown(file: string): Block {
  const block = blocks.find(({ info }) => info === file);
  if (!block) throw new Error(`docs/check.md shows no ${file}`);
  return block;
}
