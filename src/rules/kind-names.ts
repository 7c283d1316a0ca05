import { CLAIM_KIND, SNAPSHOT_KIND } from '../reference/reference';

/** What people write for a kind and Kubernetes does not take: the resource's names of kubectl. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  pvc: CLAIM_KIND,
  pvcs: CLAIM_KIND,
  vs: SNAPSHOT_KIND,
  snapshot: SNAPSHOT_KIND,
  refgrant: 'ReferenceGrant',
  // What it was called at first.
  referencepolicy: 'ReferenceGrant',
};

/** The kinds that claims are filled from. */
export const SOURCE_KINDS: readonly string[] = [SNAPSHOT_KIND, CLAIM_KIND];

/** Two letters: beyond them it is another kind. */
const NEAR = 2;

/** The kind that a spelling means: itself, in another letter case, as a plural, by its short name, or with two wrong letters. */
export function meantKind(spelling: string, kinds: readonly string[]): string | undefined {
  if (kinds.includes(spelling)) return spelling;
  const lower = spelling.toLowerCase();
  const short = Object.hasOwn(SHORT_NAMES, lower) ? SHORT_NAMES[lower] : undefined;
  if (short && kinds.includes(short)) return short;
  return kinds.find((kind) => distance(lower, kind.toLowerCase()) <= NEAR);
}

/** How many letters have to be added, left out or changed. */
function distance(a: string, b: string): number {
  // Long before it matters, two such strings are two kinds.
  if (Math.abs(a.length - b.length) > NEAR) return NEAR + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
