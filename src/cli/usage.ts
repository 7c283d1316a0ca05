import { parseArgs } from 'node:util';
import { suggestion } from '../rules/suggestion';

/** Wrong use of the command: said in one line, without a stack. */
export class UsageError extends Error {}

/** One option of a command, for reading and for `--help`. */
export interface Option {
  /** What stands for the value in the help; none: it is a switch. */
  readonly value?: string;
  /** It may be given several times. */
  readonly multiple?: boolean;
  readonly choices?: readonly string[];
  readonly fallback?: string;
  readonly help: string;
}

/** A subcommand. */
export interface Command {
  readonly name: string;
  /** A few words for the list of commands. */
  readonly brief: string;
  /** What comes after the name, such as `PATH...`. */
  readonly operands: string;
  readonly summary: string;
  readonly details?: string;
  readonly options: { readonly [name: string]: Option };
  /** Does the work, and gives the exit code. */
  run(call: Call): Promise<number>;
}

/** How a command was called. */
export class Call {
  constructor(
    public readonly operands: readonly string[],
    private readonly values: { readonly [name: string]: readonly string[] },
  ) {}

  public has(option: string): boolean {
    return this.values[option] !== undefined;
  }

  public all(option: string): readonly string[] {
    return this.values[option] ?? [];
  }

  /** The last one given. */
  public one(option: string): string | undefined {
    return this.values[option]?.at(-1);
  }
}

const HELP: Option = { help: 'Show this help.' };

/** Reads the words behind a command's name. */
export function readCall({ name, options }: Command, words: readonly string[]): Call {
  // The usual call. Node's parser takes a millisecond before it has read its first word.
  if (!words.some((word) => word.startsWith('-'))) return new Call(words, {});
  const known = { ...options, help: HELP };
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(known).map(([option, { value }]) => [option, { type: value ? 'string' : 'boolean' }] as const),
    ),
  });
  const operands: string[] = [];
  const values: { [name: string]: string[] } = {};
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = token.name === 'h' ? 'help' : token.name;
    const about = Object.hasOwn(known, option) ? known[option as keyof typeof known] : undefined;
    if (!about)
      throw new UsageError(
        `${name} has no option ${token.rawName}${suggestion(option, Object.keys(known), '--')}; see: snapshot-clone ${name} --help`,
      );
    const { value } = token;
    if (about.value === undefined && value !== undefined) throw new UsageError(`--${option} takes no value`);
    if (about.value !== undefined && (!value || (!token.inlineValue && value.startsWith('--'))))
      throw new UsageError(`--${option} needs a value: ${about.value}`);
    if (about.choices && !about.choices.includes(value!)) {
      throw new UsageError(
        `--${option} is '${value}', but must be one of: ${about.choices.join(', ')}${suggestion(value!, about.choices)}`,
      );
    }
    values[option] = [...(about.multiple ? (values[option] ?? []) : []), value ?? ''];
  }
  return new Call(operands, values);
}

/** The help of one command. */
export function helpOf({ name, operands, summary, details, options }: Command): string {
  const rows = Object.entries({ ...options, help: HELP }).map(([option, { value, help, choices, multiple, fallback }]) => {
    const notes = [
      ...(choices ? [`One of: ${choices.join(', ')}.`] : []),
      ...(fallback ? [`Default: ${fallback}.`] : []),
      ...(multiple ? ['Can be given several times.'] : []),
    ];
    return [`  --${option}${value ? ` ${value}` : ''}`, [help, ...notes].join(' ')] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const usage = `usage: snapshot-clone ${name} [options]${operands ? ` ${operands}` : ''}`;
  return [
    usage,
    '',
    summary,
    ...(details ? ['', details] : []),
    '',
    ...rows.map(([left, right]) => `${left.padEnd(width)}${right}`),
    '',
  ].join('\n');
}
