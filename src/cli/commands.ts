import { checkCommand } from './check-command';
import { doctorCommand } from './doctor-command';
import { explainCommand } from './explain-command';
import { graphCommand } from './graph-command';
import { rulesCommand } from './rules-command';
import type { Command } from './usage';

/** Every subcommand, in the order of the help. A new one is added here. */
export const COMMANDS: readonly Command[] = [checkCommand, graphCommand, doctorCommand, explainCommand, rulesCommand];
