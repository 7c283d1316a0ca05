import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from '../tools/go-tools';

/** What became of the suite's specifications. */
export interface SanityReport {
  readonly passed: readonly string[];
  /** Name and message of each failure. */
  readonly failed: readonly string[];
  /** Names, by the reason for which they were not run. */
  readonly skipped: Readonly<Record<string, readonly string[]>>;
}

/** Runs the conformance suite of the CSI project against a driver and reads its report. */
export async function runCsiSanity(socket: string, folder: string, accessType: 'mount' | 'block'): Promise<SanityReport> {
  const report = join(folder, 'report.json');
  const args = [
    `--csi.endpoint=unix://${socket}`,
    `--csi.mountdir=${join(folder, 'mount')}`,
    `--csi.stagingdir=${join(folder, 'staging')}`,
    `--csi.testvolumeaccesstype=${accessType}`,
    '--ginkgo.no-color',
    `--ginkgo.json-report=${report}`,
  ];
  // Its exit code repeats what the report says, and the report says which.
  await new Promise((resolve) => execFile(binary('csi-sanity'), args, { maxBuffer: 64 * 1024 * 1024 }, resolve));
  return summarize(JSON.parse(readFileSync(report, 'utf8')));
}

interface Specification {
  readonly LeafNodeType: string;
  readonly LeafNodeText: string;
  readonly ContainerHierarchyTexts: readonly string[] | null;
  readonly State: string;
  readonly Failure?: { readonly Message: string };
}

function summarize([suite]: readonly { readonly SpecReports: readonly Specification[] }[]): SanityReport {
  const passed: string[] = [];
  const failed: string[] = [];
  const skipped: Record<string, string[]> = {};
  for (const each of suite.SpecReports) {
    const name = [...(each.ContainerHierarchyTexts ?? []), each.LeafNodeText]
      .join(' ')
      .replace(/\s*\[.*?\]\s*/g, ' ')
      .trim();
    if (each.State === 'passed') {
      passed.push(name);
    } else if (each.State === 'skipped' || each.State === 'pending') {
      const reason = each.Failure?.Message ?? each.State;
      skipped[reason] = [...(skipped[reason] ?? []), name];
    } else {
      failed.push(`${name}: ${each.Failure?.Message ?? each.State}`);
    }
  }
  // Specifications run in a random order.
  const names = Object.entries(skipped).map(([reason, each]): [string, string[]] => [reason, each.sort()]);
  return { passed: passed.sort(), failed, skipped: Object.fromEntries(names.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
