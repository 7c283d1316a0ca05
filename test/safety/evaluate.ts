import { spawnSync } from 'node:child_process';

/** One expression, and what it can see. */
export interface Question {
  readonly expression: string;
  /** Evaluated before, in their order; each sees those before it. */
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly see: Readonly<Record<string, unknown>>;
}

// The package is an ES module, which a test cannot require: all questions of a test go to one process.
const PROGRAM = `
const { Environment } = await import('@marcbachmann/cel-js');
let input = '';
for await (const chunk of process.stdin) input += chunk;
const environment = new Environment({ unlistedVariablesAreDyn: true });
const parsed = new Map();
const evaluate = (expression, see) => {
  if (!parsed.has(expression)) parsed.set(expression, environment.parse(expression));
  try { return parsed.get(expression)(see); } catch (error) { throw new Error(expression + ': ' + error.message); }
};
const answers = JSON.parse(input).map(({ expression, variables = [], see }) => {
  try {
    const values = {};
    for (const each of variables) values[each.name] = evaluate(each.expression, { ...see, variables: values });
    return { value: evaluate(expression, { ...see, variables: values }) };
  } catch (error) { return { error: error.message }; }
});
process.stdout.write(JSON.stringify(answers, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
`;

/** What a CEL implementation other than the API server's makes of the expressions. */
export function evaluate(questions: readonly Question[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    encoding: 'utf8',
    input: JSON.stringify(questions),
    cwd: __dirname,
  });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { value?: unknown; error?: string }[]).map(({ value, error }) => {
    if (error !== undefined) throw new Error(error);
    return value;
  });
}
