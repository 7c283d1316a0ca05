import { load, loadAll } from 'js-yaml';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { type Block, readPage } from './page';
import { isProgram, run } from './program';

const readme = readPage('README.md');
const programs = readme.blocks.filter((block) => block.language === 'ts' && isProgram(block));

/** The block of another language that shows what a program makes, and the program above it. */
function shown(language: string): { program: Block; output: string } {
  const output = readme.blocks.find((block) => block.language === language)!;
  return { program: programs.filter((program) => program.line < output.line).at(-1)!, output: output.text };
}

test('the YAML shown is, byte for byte, what the program above it writes', () => {
  const { program, output } = shown('yaml');
  expect(program).toBe(programs[0]);
  expect(run(program)).toEqual({ status: 0, stdout: '', stderr: '', files: { 'mysql.k8s.yaml': output } });
});

test('the set shown resolves and is granted', () => {
  const verdicts = verdictsOf(setOf(loadAll(shown('yaml').output)));
  expect(verdicts.map(({ reference, faults }) => [reference.claim.namespace, faults])).toEqual([['dev', []]]);
});

test('with owner and consumer apart, nothing of the owner’s is in the consumer’s file', () => {
  const { files } = run(programs[1]);
  const kinds = (name: string) => loadAll(files[name]).map((object) => (object as { kind: string }).kind);
  expect(Object.keys(files)).toEqual(['dev.k8s.yaml', 'prod.k8s.yaml']);
  expect(kinds('prod.k8s.yaml')).toEqual(['VolumeSnapshot', 'ReferenceGrant']);
  expect(kinds('dev.k8s.yaml')).toEqual(['PersistentVolumeClaim']);
  expect(load(files['dev.k8s.yaml'])).toMatchObject({ metadata: { namespace: 'dev' } });
});

test('the error shown is what the program above it throws', () => {
  const { program, output } = shown('text');
  const { status, stderr, files } = run(program);
  expect(status).not.toBe(0);
  expect(files).toEqual({});
  expect(stderr).toContain(`Error: ${output}`);
});

test('two lines install the package and its peers, without the optional packages', () => {
  const lines = readme.blocks.filter((block) => block.language === 'sh').flatMap((block) => block.text.trim().split('\n'));
  expect(lines.filter((line) => /^npm (install|pkg)/.test(line))).toEqual([
    'npm pkg set overrides.backport=npm:constructs@^10.5.0',
    'npm install cdk8s-snapshot-clone cdk8s constructs cdk8s-plus-27',
  ]);
});
