import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Block, readPage } from '../../docs/page';
import { run } from '../../docs/program';
import type { Cluster } from '../cluster';
import { kubernetesModuleFile } from '../tools/go-module-files';
import { binary } from '../tools/go-tools';

/** Where the page takes the kind from; the tests take the same file of the same version from its Go module. */
const PUBLISHED = /https:\/\/raw\.githubusercontent\.com\/kubernetes-sigs\/gateway-api\/(v[\d.]+)(\/\S+)/g;

/** docs/enable.md, for a test to do what it says. */
export class EnablePage {
  private readonly page = readPage('docs/enable.md');

  constructor(private readonly cluster: Cluster) {}

  /** The blocks of one step, up to the next heading of its level. */
  public step(heading: string): readonly Block[] {
    const blocks = this.page.blocks.filter(({ section }) => section === heading);
    if (blocks.length === 0) throw new Error(`${this.page.path} has no blocks under '${heading}'`);
    return blocks;
  }

  /**
   * Does what the blocks of a step say: a program is run and YAML saved as the file that the reader is told, then each command line is executed, in their order.
   * A box of text after a command has to be, word for word, what the command wrote. Answers what every command wrote.
   */
  public async follow(heading: string): Promise<string[]> {
    const blocks = this.step(heading);
    for (const block of blocks) {
      if (block.language === 'ts') this.write(run(block).files, 'dist');
      if (block.language === 'yaml') this.write({ 'probe.yaml': block.text });
    }
    const wrote: string[] = [];
    for (const { language, text } of blocks) {
      if (language === 'text') expect(`${wrote.at(-1)?.trimEnd()}\n`).toBe(text);
      if (language === 'sh') for (const command of text.trimEnd().split('\n')) wrote.push(await this.execute(command));
    }
    return wrote;
  }

  /** Executes a command line of the page, in the folder of the reader. */
  public async execute(command: string): Promise<string> {
    const env = {
      ...process.env,
      KUBECONFIG: this.cluster.kubeconfig,
      PATH: [dirname(binary('kubectl')), process.env.PATH].join(delimiter),
    };
    const local = command.replaceAll(PUBLISHED, (_, version, path) => publishedFile(version, path));
    const { stdout } = await promisify(execFile)('bash', ['-c', local], { cwd: this.folder(), env });
    return stdout;
  }

  private write(files: Readonly<Record<string, string>>, folder = ''): void {
    mkdirSync(this.folder(folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(this.folder(folder, name), text);
  }

  private folder(...path: readonly string[]): string {
    const folder = join(this.cluster.folder, 'reader');
    mkdirSync(folder, { recursive: true });
    return join(folder, ...path);
  }
}

function publishedFile(version: string, path: string): string {
  const file = kubernetesModuleFile('sigs.k8s.io/gateway-api', path);
  if (!file.includes(`gateway-api@${version}/`)) throw new Error(`docs/enable.md names ${version}, but the tests have ${file}`);
  return file;
}
