import { pages } from './page';
import { compilerErrors, isProgram, run } from './program';

const blocks = pages().flatMap((page) => page.blocks);
const examples = blocks.filter((block) => block.language === 'ts');

test('every example of every page passes the compiler', () => {
  expect(compilerErrors(examples.filter((block) => !isProgram(block)))).toEqual([]);
});

test('every complete program passes it with the settings of an app made by cdk8s init', () => {
  expect(compilerErrors(examples.filter(isProgram))).toEqual([]);
});

test('an example that does not compile is told by page and line', () => {
  const [example] = examples.filter((block) => !isProgram(block));
  const wrong = { ...example, text: `${example.text}chart.noSuchThing();\n` };
  const line = example.line + example.text.split('\n').length - 1;
  expect(compilerErrors([wrong])).toEqual([`${example.page}:${line}: Property 'noSuchThing' does not exist on type 'Chart'.`]);
});

test('every complete program shows what comes of it: files, or an error', () => {
  for (const program of examples.filter(isProgram)) {
    const { status, stdout, files } = run(program);
    expect([program.line, stdout, status === 0]).toEqual([program.line, '', Object.keys(files).length > 0]);
  }
});

test('every block says its language', () => {
  expect(blocks.filter((block) => block.language === '').map((block) => `${block.page}:${block.line}`)).toEqual([]);
});
