import type { Command } from './usage';

/** A subcommand by its name. It is loaded only when it is called, or shows its help. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every subcommand, in the order of the help. A new one is added here. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'check', summary: 'check manifests against the rules', load: async () => (await import('./check-command.js')).checkCommand },
  {
    name: 'graph',
    summary: 'draw owners, snapshots, grants and consumers',
    load: async () => (await import('./graph-command.js')).graphCommand,
  },
  {
    name: 'doctor',
    summary: 'find out why a cluster does not clone snapshots',
    load: async () => (await import('./doctor-command.js')).doctorCommand,
  },
  { name: 'explain', summary: 'explain a rule', load: async () => (await import('./explain-command.js')).explainCommand },
  { name: 'rules', summary: 'list the rules', load: async () => (await import('./rules-command.js')).rulesCommand },
];
