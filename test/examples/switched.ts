import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

const IMPORT = /^(import \{.*\bSharedSnapshot\b)(.* from 'cdk8s-snapshot-clone';)$/m;
const SHARE = /((?:new SharedSnapshot|SharedSnapshot\.fromName)\(.*\{\n)/;
/** The example `access` has no share, but a project for those who read one. */
const WORD = 'const ACCESS = SnapshotAccess.DATA_SOURCE_REFERENCE;';
const LINE = 'access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT,\n';

/** What a reader does who has no feature gate: one line, and the import of its word. Nothing: the file declares no share. */
export function switched(program: string): string | undefined {
  if (program.includes(WORD)) return program.replace(WORD, 'const ACCESS = SnapshotAccess.PRE_PROVISIONED_SNAPSHOT;');
  if (!SHARE.test(program)) return undefined;
  return program.replace(IMPORT, '$1, SnapshotAccess$2').replace(SHARE, `$1${LINE}`);
}

/** Calls `use` with a copy of examples/ in which every share has been switched, in a folder that finds this package as the examples do. */
export function withSwitchedExamples(use: (examples: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'switched-'));
  try {
    const examples = join(folder, 'examples');
    cpSync(join(ROOT, 'examples'), examples, { recursive: true, filter: (path) => !path.endsWith('dist') });
    cpSync(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const entry of readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))) {
      const text = switched(readFileSync(join(examples, entry), 'utf8'));
      if (text !== undefined) writeFileSync(join(examples, entry), text);
    }
    use(examples);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
