/** The page that is generated from the rules. */
const PAGE = 'https://github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone/blob/main/docs/rules.md';

/** Where a rule is explained, with an example. */
export function rulePage(id: string): string {
  return `${PAGE}#${id}`;
}
