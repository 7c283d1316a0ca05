import type { CheckerResults, CheckerRow } from './checker';
import { CHECKER, table, verdict } from './page';

const MEGABYTES = 100;

/** The page with this last part. */
export function withChecker(page: string, { rows, megabytes, absent }: CheckerResults): string {
  const at = page.indexOf(CHECKER);
  const before = at < 0 ? `${page.trimEnd()}\n\n` : page.slice(0, at);
  const memory = [
    'haystack: memory',
    `at most ${MEGABYTES} MB`,
    `${megabytes.toFixed(0)} MB`,
    megabytes <= MEGABYTES ? 'met' : '**missed**',
  ];
  const targets = rows
    .filter((row) => row.limit !== undefined)
    .map((row) => verdict(`${row.shape}, against ${row.other}`, row.limit!, row.ratio, ' x'));
  const missing = absent.length === 0 ? '' : `\n- Not measured here, because Go or its modules could not be had: ${absent.join(', ')}.`;
  return `${before}${CHECKER}

\`snapshot-clone check\` with all its rules, beside programs that read the same file. ${seconds(rows)}

${table(['What', 'Target', 'Measured', ''], [...targets, memory])}

${table(['File', 'Beside', 'The checker, ms', 'The other, ms', 'Ratio'], rows.filter(({ limit }) => limit !== undefined).map(cellsOf))}

- \`3000 sets\` is 9000 documents, a snapshot, a grant and a claim each; all of them matter. \`haystack\` is 100 such sets among 20 000 other
  objects. Both come from [manifest-sets.js](../bench/programs/manifest-sets.js).
- kubeconform runs without schemas (\`-ignore-missing-schemas\`): it reads every document and validates none, and it knows nothing of grants.
- conftest runs with [a policy of ours](../bench/peers/conftest/policy/grants.rego) for two of the rules, whether a grant covers each claim and
  whether its snapshot is there. Before anything is measured both must refuse the same claims of a file with mistakes. The checker applies
  all its rules.
- CPU time of whole processes as the shell counts it, all programs in turn; medians, and the median of each round's ratio.${missing}
`;
}

/** What it comes to for a user. */
function seconds(rows: readonly CheckerRow[]): string {
  const of = (wanted: CheckerRow['shape']) => (rows.find(({ shape }) => shape === wanted)!.ours / 1000).toFixed(1);
  return `9000 documents that all matter take it ${of('3000 sets')} s of CPU time, 20 300 documents of which 300 matter ${of('haystack')} s, one set ${of('one set')} s.`;
}

function cellsOf({ shape, other, ours, theirs, ratio }: CheckerRow): string[] {
  return [shape, other, ours.toFixed(0), theirs.toFixed(0), ratio.toFixed(2)];
}
