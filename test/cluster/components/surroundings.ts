import { join } from 'node:path';
import type { ServiceProps } from '../processes/service';
import { binary, type Tool } from '../tools/go-tools';

/** Where the processes of one cluster keep what is theirs. */
export interface Surroundings {
  /** Temporary; gone when the cluster is stopped. */
  readonly folder: string;
  /** Outlives the cluster. */
  readonly logs: string;
}

/** The part of a service that is the same for all Go tools. */
export function goService(tool: Tool, at: Surroundings, args: readonly string[]): ServiceProps {
  return { name: tool, program: binary(tool), args, logFile: join(at.logs, `${tool}.log`) };
}

/** The feature gate of a component: on, off, or the argument that sets it, word for word. */
export type Gate = boolean | string;

/** The argument that sets the feature gate. */
export function gateArgument(gate: Gate): string {
  return typeof gate === 'string' ? gate : `--feature-gates=CrossNamespaceVolumeDataSource=${gate}`;
}

/**
 * The limits of the clients' own throttling; with the defaults (5 to 20 requests a second) a hundred claims take a minute,
 * all of it waiting.
 */
export const UNTHROTTLED = ['--kube-api-qps=300', '--kube-api-burst=600'];
