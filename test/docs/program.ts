import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { type Block, ROOT } from './page';

const [BEFORE, AFTER] = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8').split('/// here');

/** What the compiler says about blocks, each with the page and the line that a reader sees. */
export function compilerErrors(blocks: readonly Block[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  // The fixture offers more than each example needs, and readers use what an example declares; a program has to stand in an app of cdk8s
  // init, which refuses what is not used.
  const programs = blocks.every(isProgram);
  Object.assign(options, { noEmit: true, noUnusedLocals: programs, noUnusedParameters: false, types: [], rootDir: undefined });
  const sources = new Map(blocks.map((block) => [join(ROOT, `${block.page}-${block.line}.ts`), block]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const textOf = (file: string) => {
    const block = sources.get(join(file));
    return block && completed(block);
  };
  host.fileExists = (file) => textOf(file) !== undefined || fileExists.call(host, file);
  host.readFile = (file) => textOf(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = textOf(file);
    return text === undefined ? getSourceFile.call(host, file, language, ...rest) : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    const block = diagnostic.file && sources.get(join(diagnostic.file.fileName));
    if (!block) return `${diagnostic.file?.fileName}: ${text}`;
    const line = diagnostic.file!.getLineAndCharacterOfPosition(diagnostic.start!).line;
    return `${block.page}:${block.line + line - linesBefore(block)}: ${text}`;
  });
}

/** A short example stands in the fixture, exactly as jsii-rosetta puts it there; a program stands alone. */
function completed(block: Block): string {
  return isProgram(block) ? block.text : `${BEFORE}${block.text}${AFTER}`;
}

function linesBefore(block: Block): number {
  return isProgram(block) ? 0 : BEFORE.split('\n').length - 1;
}

export function isProgram(block: Block): boolean {
  return block.info === 'nofixture';
}

/** What a program leaves behind. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The files in dist/ by name. */
  readonly files: { readonly [name: string]: string };
}

/** Runs a program as a reader would: in a folder of its own, with the packages installed. */
export function run(block: Block): Run {
  const folder = mkdtempSync(join(tmpdir(), 'reader-'));
  try {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    writeFileSync(join(folder, 'main.js'), ts.transpileModule(block.text, { compilerOptions }).outputText);
    const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['main.js'], { cwd: folder, env, encoding: 'utf8' });
    const dist = join(folder, 'dist');
    const names = existsSync(dist) ? readdirSync(dist).sort() : [];
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(dist, name), 'utf8')]));
    return { status, stdout, stderr, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
