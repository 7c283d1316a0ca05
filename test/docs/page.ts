import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..');

/** A fenced block of a page. */
export interface Block {
  /** The page, relative to the repository. */
  readonly page: string;
  /** The line of the page on which the block's own first line stands, counted from 1. */
  readonly line: number;
  readonly language: string;
  /** The heading of the second level under which the block stands; empty before the first. */
  readonly section: string;
  /** What follows the language: `nofixture` for a complete program. */
  readonly info: string;
  /** The text between the fences, each line with its line break. */
  readonly text: string;
}

/** A page of Markdown: its blocks, and its prose without them. */
export interface Page {
  readonly path: string;
  readonly blocks: readonly Block[];
  readonly prose: string;
}

/** The pages that people write; API.md and docs/performance.md are generated. */
export function pages(): Page[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'performance.md');
  return ['README.md', ...docs.map((name) => join('docs', name))].map(readPage);
}

export function readPage(path: string): Page {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let section = '';
  let open: { line: number; language: string; info: string; lines: string[] } | undefined;
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    const fence = /^```(\w*) ?(.*)$/.exec(line);
    if (open && fence) {
      blocks.push({ page: path, section, ...open, text: open.lines.map((own) => `${own}\n`).join('') });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else if (fence) {
      open = { line: index + 2, language: fence[1], info: fence[2], lines: [] };
    } else {
      section = /^## (.+)$/.exec(line)?.[1] ?? section;
      prose.push(line);
    }
  }
  if (open) throw new Error(`${path}:${open.line - 1}: the block is not closed`);
  return { path, blocks, prose: prose.join('\n') };
}

/** The anchors that GitHub makes of the headings. */
export function anchorsOf(page: Page): string[] {
  const seen = new Map<string, number>();
  return [...page.prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** Where the links of a page lead, inside the repository. */
export function linksOf(page: Page): { readonly target: string; readonly anchor?: string }[] {
  const targets = [...page.prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, anchor] = target.split('#');
      return { target: path === '' ? page.path : relative(ROOT, resolve(ROOT, page.path, '..', path)), anchor };
    });
}
