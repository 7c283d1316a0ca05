import { CLAIM_RULES } from '../../src/rules/claims/rules';
import { CLUSTER_RULES } from '../../src/rules/cluster/rules';
import { DELIVERY_RULES } from '../../src/rules/delivery/rules';
import { GRANT_RULES } from '../../src/rules/grants/rules';
import { PRE_PROVISIONED_RULES } from '../../src/rules/pre-provisioned/rules';
import { REFERENCE_RULES } from '../../src/rules/references/rules';
import type { Rule } from '../../src/rules/rule';
import { SNAPSHOT_RULES } from '../../src/rules/snapshots/rules';
import { examplesOf, judged } from '../../test/rules/rule-examples';

/** The chapters of the page: the folders of rules. */
const CHAPTERS: readonly (readonly [string, readonly Rule[]])[] = [
  ['References', REFERENCE_RULES],
  ['Grants', GRANT_RULES],
  ['Claims', CLAIM_RULES],
  ['Snapshots and the set', SNAPSHOT_RULES],
  ['Delivery', DELIVERY_RULES],
  ['Handed-over snapshots', PRE_PROVISIONED_RULES],
  ['Objects read from a cluster', CLUSTER_RULES],
];

/** docs/rules.md, made from the rules and the examples that test them. */
export function rulesPage(): string {
  const chapters = CHAPTERS.filter(([, rules]) => rules.length > 0);
  return `<!-- Written by \`npx projen rules-page\`. Do not edit. -->
# Rules

What is looked at in a set of manifests, whoever wrote them. An **error** does not work or is unsafe, a **warning** will bite, an **info** is
worth knowing: it cannot be judged here. Each finding below is word for word what the example above it gives. Claims are found wherever they
hide: in templates of StatefulSets, in ephemeral volumes of pods, in lists.

${chapters.map(([title, rules]) => `**${title}**\n\n${table(rules)}`).join('\n\n')}

${chapters.map(([title, rules]) => `## ${title}\n\n${rules.map(section).join('\n\n')}`).join('\n\n')}
`;
}

function table(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, severity, sentence }) => `| [${id}](#${id}) | ${severity} | ${sentence} |`);
  return ['| Rule | Severity | What must hold |', '|---|---|---|', ...rows].join('\n');
}

function section(rule: Rule): string {
  const { id, severity, sentence, why, remediation, source } = rule;
  return `### ${id}

**${severity}**: ${sentence}

${why}

**What to do**: ${remediation} [Source](${source})

${example(rule)}`;
}

function example({ id }: Rule): string {
  const [first] = examplesOf(id)
    .filter(({ file }) => file.startsWith('violating'))
    .sort((a, b) => a.file.length - b.file.length || (a.file < b.file ? -1 : 1));
  if (!first) throw new Error(`rule ${id} has no violating example; add one in test/rules/examples/${id}`);
  const texts = judged(first)
    .filter(({ rule }) => rule === id)
    .map(({ message }) => message);
  return `\`\`\`yaml\n${first.source.trimEnd()}\n\`\`\`\n\n\`\`\`text\n${texts.join('\n')}\n\`\`\``;
}
