import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf, linksOf, pages, ROOT, readPage } from './page';

const all = pages();

test.each(all.map((page) => [page.path, page] as const))('every link of %s leads to a file, and to a heading of it', (_, page) => {
  const broken = linksOf(page).filter(({ target, anchor }) => {
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(readPage(target)).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('every page is reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const path of reached) {
    if (path.endsWith('.md') && existsSync(join(ROOT, path))) for (const { target } of linksOf(readPage(path))) reached.add(target);
  }
  expect(all.map((page) => page.path).filter((path) => !reached.has(path))).toEqual([]);
});

test('every command line can be pasted: one command, nothing in angle brackets to be filled in', () => {
  const blocks = all.flatMap((page) => page.blocks).filter((block) => block.language === 'sh');
  for (const { page, line, text } of blocks) {
    for (const command of text.trimEnd().split('\n')) {
      const { stderr } = spawnSync('bash', ['-n', '-c', command], { encoding: 'utf8' });
      expect({ page, line, stderr, command }).toEqual({ page, line, stderr: '', command: expect.not.stringMatching(/[<>…]/) });
    }
  }
});
