import { isMisspelled, type Place } from '../field-names';
import { at, isMap } from '../fields';
import { GRANT_FROM, GRANT_TO } from '../known-fields';
import type { Fault, Faults, Rule } from '../rule';
import { titleOf } from '../set-object';
import { areSidesSwapped } from '../swapped-sides';
import { type ClaimGrant, claimGrants, type Entry, grantsAboutNothing, hasKind, lacks, SIDES, type Side } from './entries';

/** What an entry must have, and what it says. Of its group, which is required too, the rules on groups speak. */
const REQUIRED: {
  readonly [side in Side]: { readonly place: Place; readonly fields: readonly (readonly [name: string, must: string])[] };
} = {
  from: {
    place: GRANT_FROM,
    fields: [
      ['kind', 'PersistentVolumeClaim, or what else may refer'],
      ['namespace', 'the namespace whose claims may copy'],
    ],
  },
  to: { place: GRANT_TO, fields: [['kind', 'VolumeSnapshot, or what else may be copied']] },
};

export const grantIncomplete: Rule = {
  id: 'grant-incomplete',
  severity: 'error',
  sentence: 'A ReferenceGrant has entries; each of them has a kind, and in `from` a namespace.',
  why: 'The API server refuses the grant: `spec: Required value`, `spec.from in body should have at least 1 items`, `spec.from[0].kind: Required value`. Often it is a template whose variable nobody has set. Older releases of Gateway API accept a grant without a spec, and it opens nothing. A grant with one half alone is told by grant-split.',
  remediation: 'Say in `from` which kind in which namespace may copy, and in `to` what may be copied; or remove the grant.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) say(one.object, entryFaults(one));
    for (const one of grantsAboutNothing(set)) {
      say(one.object, SIDES.every((side) => lacks(one, side)) ? emptyFault(one) : entryFaults(one));
    }
  },
};

function emptyFault({ object }: ClaimGrant): Fault {
  const message = `${titleOf(object)} has neither \`from\` nor \`to\`, but must say whose claims may copy, and what`;
  return { message, node: at(object.manifest, 'spec') };
}

function entryFaults(one: ClaimGrant): Faults {
  // Nearly all of them.
  if (one.from.every(isWhole) && one.to.every(hasKind)) return undefined;
  // What lacks a namespace in `from` would need none in `to`; another rule says so.
  if (areSidesSwapped(one.object.manifest)) return undefined;
  let faults: Fault[] | undefined;
  for (const side of SIDES) {
    const { place, fields } = REQUIRED[side];
    for (const entry of one[side]) {
      for (const [field, must] of fields) {
        if (!isMissing(entry, place, field)) continue;
        faults ??= [];
        faults.push(faultOf(one, entry, field, must));
      }
    }
  }
  return faults;
}

function isWhole(entry: Entry): boolean {
  return hasKind(entry) && typeof at(entry.node, 'namespace') === 'string';
}

/** Of a wrong type, a wrong name, or an empty namespace, other rules speak. */
function isMissing({ node }: Entry, place: Place, field: string): boolean {
  const written = at(node, field) ?? undefined;
  if (written !== undefined && (written !== '' || field === 'namespace')) return false;
  return isMap(node) && !isMisspelled(node, place, field);
}

function faultOf({ object }: ClaimGrant, { path, node }: Entry, field: string, must: string): Fault {
  const is = at(node, field) === '' ? "''" : 'absent';
  return { message: `${path}.${field} of ${titleOf(object)} is ${is}, but must be ${must}`, node };
}
