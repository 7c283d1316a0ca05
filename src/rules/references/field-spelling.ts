import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { claimTitle } from '../claim';
import { isSpelled, misspellings, type Place } from '../field-names';
import { at } from '../fields';
import { CLAIM, CONTENT, GRANT, METADATA, SNAPSHOT } from '../known-fields';
import { GRANT_GROUP, GRANT_KIND, type ObjectSet } from '../object-set';
import { CONTENT_KIND } from '../pre-provisioned/handed-over-contents';
import type { Fault, Rule, Say } from '../rule';
import { type SetObject, titleOf } from '../set-object';

/** The kinds that are looked at beside claims, which hide in many. */
const KINDS: readonly (readonly [group: string, kind: string, place: Place])[] = [
  [GRANT_GROUP, GRANT_KIND, GRANT],
  [SNAPSHOT_GROUP, SNAPSHOT_KIND, SNAPSHOT],
  [SNAPSHOT_GROUP, CONTENT_KIND, CONTENT],
];

export const fieldSpelling: Rule = {
  id: 'field-spelling',
  severity: 'error',
  // What stands under a wrong name is absent to every other rule.
  isAlwaysApplied: true,
  sentence: 'Fields of claims, grants, snapshots and contents are spelled as Kubernetes spells them, letter case included.',
  why: 'kubectl and Argo CD refuse the object: `strict decoding error: unknown field "spec.dataSourceref"`, or `field not declared in schema`. Where nobody asks for strict validation (`--validate=false`, the sync option `Validate=false`, a controller or a script that calls the API) the field is dropped, with a warning at most: a claim without its dataSourceRef is bound to an EMPTY volume, and a grant without the `name` in its `to` opens every object of that kind. A name that is far from every field is not reported: it may be one of a later version. A rule that misses such a field in the same object leaves it to this one, so this one cannot be skipped.',
  remediation: 'Write the field as it is suggested; if the right one is there already, remove the other.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',

  judge(set, say) {
    judgeClaims(set, say);
    for (const [group, kind, place] of KINDS) {
      for (const object of set.ofKind(group, kind)) {
        say(object, isSpelled(object.manifest, place) ? undefined : faultsIn(object.manifest, place, titleOf(object)));
      }
    }
  },
};

function judgeClaims(set: ObjectSet, say: Say): void {
  let holder: SetObject | undefined;
  for (const claim of set.claims) {
    const { object, node } = claim;
    say(object, isSpelled(node, CLAIM) ? undefined : faultsIn(node, CLAIM, claimTitle(claim)));
    // It decides the namespace of the claims in it.
    if (node === object.manifest || object === holder) continue;
    holder = object;
    const metadata = at(object.manifest, 'metadata');
    if (!isSpelled(metadata, METADATA)) say(object, faultsIn(metadata, METADATA, titleOf(object), 'metadata'));
  }
}

/** The words are those of the API server, so that one search finds both. */
function faultsIn(node: unknown, place: Place, title: string, from?: string): Fault[] {
  return [...misspellings(node, place, from)].map(({ path, meant, isRightThere, node: part }) => ({
    message: `unknown field "${path}" of ${title}: Kubernetes calls it '${meant}'${isRightThere ? ', which is there too' : ''}`,
    node: part,
  }));
}
