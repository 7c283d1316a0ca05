import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Block, type Page, ROOT, readPage } from '../../docs/page';
import { run } from '../../docs/program';
import type { Cluster } from '../cluster';
import { kubernetesModuleFile } from '../tools/go-module-files';
import { binary } from '../tools/go-tools';

/** Where the page takes the kind from; the tests take the same file of the same version from its Go module. */
const PUBLISHED = /https:\/\/raw\.githubusercontent\.com\/kubernetes-sigs\/gateway-api\/(v[\d.]+)(\/\S+)/g;

/** The one that builds the reader's program. */
const SYNTH = 'npx cdk8s synth';

/** What `cdk8s init` leaves beside the program. */
const CDK8S_YAML = 'language: typescript\napp: npx ts-node main.ts\n';

/** A page of docs/, for a test to do what it says. */
export class FollowedPage {
  private readonly page: Page;

  constructor(
    private readonly cluster: Cluster,
    path: string,
  ) {
    this.page = readPage(path);
  }

  /** The blocks of one step, up to the next heading of its level. */
  public step(heading: string): readonly Block[] {
    const blocks = this.page.blocks.filter(({ section }) => section === heading);
    if (blocks.length === 0) throw new Error(`${this.page.path} has no blocks under '${heading}'`);
    return blocks;
  }

  /**
   * Does what the blocks of a step say: a program is run, or saved where the reader runs it by a command of their own, and YAML is saved as the file that the
   * reader is told; then each command line is executed, in their order. A box of text after a command has to be, word for word, what the command wrote. Answers what every command wrote.
   *
   * @param again A command that the page tells to repeat when it is refused.
   * @param known What has to be known to the cluster once a command has been executed, by the command: a reader is slower than news.
   */
  public async follow(heading: string, again?: string, known: Readonly<Record<string, () => Promise<unknown>>> = {}): Promise<string[]> {
    const blocks = this.step(heading);
    for (const block of blocks) {
      if (block.language === 'ts') this.program(block, blocks);
      if (block.language === 'yaml') this.save(block.info || 'probe.yaml', block.text);
    }
    const wrote: string[] = [];
    for (const { language, text } of blocks) {
      if (language === 'text') expect(`${wrote.at(-1)?.trimEnd()}\n`).toBe(text);
      if (language === 'sh') {
        for (const command of text.trimEnd().split('\n')) {
          wrote.push(await this.insist(command, again));
          await known[command]?.();
        }
      }
    }
    return wrote;
  }

  private insist(command: string, again: string | undefined): Promise<string> {
    if (command !== again) return this.execute(command);
    return this.cluster.eventually(`${command} to succeed`, () => this.execute(command));
  }

  /** Executes a command line of the page, in the folder of the reader. */
  public async execute(command: string): Promise<string> {
    const env = {
      ...process.env,
      CDK8S_CHECK_UPGRADE: 'false',
      KUBECONFIG: this.cluster.kubeconfig,
      PATH: [dirname(binary('kubectl')), process.env.PATH].join(delimiter),
    };
    const local = command.replaceAll(PUBLISHED, (_, version, path) => publishedFile(version, path));
    const { stdout } = await promisify(execFile)('bash', ['-c', local], { cwd: this.folder(), env });
    return stdout;
  }

  /** Saves a file where the reader's commands find it. */
  public save(name: string, text: string): void {
    this.write({ [name]: text });
  }

  private program(block: Block, blocks: readonly Block[]): void {
    if (!blocks.some(({ language, text }) => language === 'sh' && text.includes(SYNTH))) {
      this.write(run(block).files, 'dist');
      return;
    }
    this.write({ 'main.ts': block.text, 'cdk8s.yaml': CDK8S_YAML });
    copyFileSync(join(ROOT, 'tsconfig.json'), this.folder('tsconfig.json'));
    if (!existsSync(this.folder('node_modules'))) symlinkSync(join(ROOT, 'node_modules'), this.folder('node_modules'), 'junction');
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
  if (!file.includes(`gateway-api@${version}/`)) throw new Error(`a page names ${version}, but the tests have ${file}`);
  return file;
}
