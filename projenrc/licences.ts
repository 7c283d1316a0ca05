import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The notices of every package that is in a bundle, by the bundler's list of inputs. One without a licence file fails the build. */
export function licences(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const notices = [...folders].sort().map((path) => {
    const about = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, path)).find((name) => /^licen[cs]e(\.|$)/i.test(name));
    if (!file || !existsSync(join(root, path, file))) throw new Error(`${about.name} is bundled, but has no licence file`);
    return `${about.name} ${about.version} (${about.license})\n\n${readFileSync(join(root, path, file), 'utf8').trim()}\n`;
  });
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}
