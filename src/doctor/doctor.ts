import { diagnose } from './diagnose';
import { loadView, saveView } from './dump';
import { CannotWork, kubectlReader } from './kubectl';
import { printable } from './printable';
import { readCluster } from './read-cluster';
import { exitCodeOf } from './report';
import { jsonOf } from './report-json';
import { textOf } from './report-text';

/** What the command line says. */
export interface DoctorOptions {
  readonly context?: string;
  readonly kubeconfig?: string;
  /** @default 'text' */
  readonly format?: 'text' | 'json';
  /** Whether what cannot be told is no reason for a failure. @default false */
  readonly allowUnknown?: boolean;
  /** A saved view to look at instead of a cluster. */
  readonly dump?: string;
  /** Where to save the view. */
  readonly save?: string;
}

/** The process around it. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** The report. */
  write(report: string): void;
  /** Progress and failures. */
  tell(line: string): void;
  /** Whether somebody watches the progress. */
  readonly watched: boolean;
}

/** Looks at a cluster, or at a saved view of one, reports, and returns the exit code: 0, 1 or 2. */
export async function doctor(options: DoctorOptions, around: Surroundings): Promise<0 | 1 | 2> {
  const tell = (line: string) => around.tell(printable(line));
  try {
    const onStep = (step: string) => around.watched && tell(`reading ${step}`);
    const view =
      options.dump !== undefined
        ? loadView(options.dump)
        : await readCluster(kubectlReader({ context: options.context, kubeconfig: options.kubeconfig, env: around.env }), { onStep });
    if (options.save !== undefined) saveView(options.save, view);
    const report = diagnose(view);
    around.write(options.format === 'json' ? jsonOf(report) : textOf(report));
    // The text says it in its last line.
    if (around.watched && options.format === 'json')
      tell(`${report.findings.length} findings, ${report.unknown.length} unknown, ${report.clones.length} clones`);
    return exitCodeOf(report, options.allowUnknown ?? false);
  } catch (error) {
    if (!(error instanceof CannotWork)) throw error;
    tell(error.message);
    return 2;
  }
}
