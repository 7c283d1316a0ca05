import type { GrantObject, ObjectSet } from '../object-set';
import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { splitsIn } from './coverage';
import { type ClaimGrant, claimGrants, lacks, SIDES } from './entries';

export const grantSplit: Rule = {
  id: 'grant-split',
  severity: 'error',
  sentence: 'One ReferenceGrant holds both halves: the namespace of the claims in `from`, and their source in `to`.',
  why: 'Grants are alternatives, each as a whole: the `from` of one and the `to` of another allow nothing together. A grant with only one half is refused: `should have at least 1 items`.',
  remediation: 'Write both halves into one grant.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    const halves = halvesOf(set);
    const splits = splitFaults(set);
    // Nearly every set has neither.
    const hasFaults = splits.size + halves.from.size + halves.to.size > 0;
    for (const one of claimGrants(set)) {
      if (!hasFaults) {
        say(one.object);
        continue;
      }
      const half = halfFault(one, halves);
      say(one.object, [...(half ? [half] : []), ...(splits.get(one.grant) ?? [])]);
    }
  },
};

interface Halves {
  readonly from: ReadonlyMap<string, ClaimGrant>;
  readonly to: ReadonlyMap<string, ClaimGrant>;
}

/** By namespace, the first grant that holds this half alone. */
function halvesOf(set: ObjectSet): Halves {
  const from = new Map<string, ClaimGrant>();
  const to = new Map<string, ClaimGrant>();
  for (const one of claimGrants(set)) {
    const { namespace } = one.object;
    if (lacks(one, 'to') && !from.has(namespace)) from.set(namespace, one);
    if (lacks(one, 'from') && !to.has(namespace)) to.set(namespace, one);
  }
  return { from, to };
}

function halfFault(one: ClaimGrant, halves: Halves): Fault | undefined {
  const { object } = one;
  const lacking = SIDES.find((side) => lacks(one, side));
  if (!lacking) return undefined;
  const other = halves[lacking].get(object.namespace);
  const there = other ? `: ${titleOf(other.object)} has one, but each grant counts as a whole` : '';
  const meaning = lacking === 'from' ? 'whose claims may copy' : 'what may be copied';
  return { message: `${titleOf(object)} has no \`${lacking}\`, and does not say ${meaning}${there}; write both halves into one grant` };
}

/** The fault is told once, however many claims it leaves without a grant. */
function splitFaults(set: ObjectSet): Map<GrantObject, Fault[]> {
  const faults = new Map<GrantObject, Map<GrantObject, Fault>>();
  for (const { from, to, reference } of splitsIn(set)) {
    const { claim, source } = reference;
    const message = `${titleOf(from.object)} is from claims of namespace ${claim.namespace}, and ${titleOf(to.object)} is to ${source.kind} ${source.name}, but one grant must hold both, or ${claim.namespace}/${claim.name} is not covered`;
    const known = faults.get(from) ?? new Map<GrantObject, Fault>();
    if (!known.has(to)) known.set(to, { message });
    faults.set(from, known);
  }
  return new Map([...faults].map(([grant, byOther]) => [grant, [...byOther.values()]]));
}
