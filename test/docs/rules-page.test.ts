import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesPage } from '../../projenrc/rules-page/page';
import { ALL_RULES } from '../../src/rules/all-rules';
import { rulePage } from '../../src/rules/rule-page';
import { anchorsOf, ROOT, readPage } from './page';

test('docs/rules.md is what `npx projen rules-page` writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'rules.md'), 'utf8')).toBe(rulesPage());
});

test('every rule has a heading on the page, and an address that leads to it in our repository', () => {
  const anchors = anchorsOf(readPage('docs/rules.md'));
  const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const { id } of ALL_RULES) {
    expect(anchors).toContain(id);
    expect(rulePage(id)).toBe(`${repository.url.replace(/\.git$/, '')}/blob/main/docs/rules.md#${id}`);
  }
});

test('no two rules have one id', () => {
  expect(new Set(ALL_RULES.map(({ id }) => id)).size).toBe(ALL_RULES.length);
});
