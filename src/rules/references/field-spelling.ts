import { GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { claimTitle } from '../claim';
import { isSpelled, type Misspelling, misspellings, type Place } from '../field-names';
import { at, list } from '../fields';
import { CLAIM, CONTENT, GRANT, METADATA, SNAPSHOT, STATEFUL_SET_SPEC, VOLUME } from '../known-fields';
import type { ObjectSet } from '../object-set';
import { CONTENT_KIND } from '../pre-provisioned/handed-over-contents';
import type { Fault, Rule, Say } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { areSidesSwapped } from '../swapped-sides';

/** The kinds that are looked at beside claims, which hide in many. */
const KINDS: readonly (readonly [group: string, kind: string, place: Place])[] = [
  [GRANT_GROUP, GRANT_KIND, GRANT],
  [SNAPSHOT_GROUP, SNAPSHOT_KIND, SNAPSHOT],
  [SNAPSHOT_GROUP, CONTENT_KIND, CONTENT],
];

const NOTHING_MEANT = 'Remove it, or write what was meant in a field that exists.';

export const fieldSpelling: Rule = {
  id: 'field-spelling',
  severity: 'error',
  // What stands under a wrong name is absent to every other rule.
  isAlwaysApplied: true,
  sentence:
    'Fields of claims, grants, snapshots and contents stand where they belong, spelled as Kubernetes spells them, letter case included.',
  why: 'kubectl and Argo CD refuse the object: `strict decoding error: unknown field "spec.dataSourceref"`, or `field not declared in schema`. Where nobody asks for strict validation (`--validate=false`, the sync option `Validate=false`, a controller or a script that calls the API) the field is dropped, with a warning at most: a claim without its dataSourceRef is bound to an EMPTY volume, and a grant without the `name` in its `to` opens every object of that kind. So is a dataSourceRef that is indented too far, or not far enough. A name that is far from every field is not reported: it may be one of a later version. A rule that misses such a field in the same object leaves it to this one, so this one cannot be skipped.',
  remediation: 'Write the field as it is suggested; if the right one is there already, remove the other.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',

  judge(set, say) {
    judgeClaims(set, say);
    judgeHolders(set, say);
    for (const [group, kind, place] of KINDS) {
      for (const object of set.ofKind(group, kind)) {
        say(object, isSpelled(object.manifest, place) ? undefined : faultsIn(object.manifest, place, titleOf(object)));
      }
    }
  },
};

/** Claims that hide in workloads are found only where they are held under the right name. */
function judgeHolders(set: ObjectSet, say: Say): void {
  for (const object of set.ofKind('apps', 'StatefulSet')) {
    const spec = at(object.manifest, 'spec');
    if (!isSpelled(spec, STATEFUL_SET_SPEC)) say(object, faultsIn(spec, STATEFUL_SET_SPEC, titleOf(object), 'spec'));
  }
  for (const { object, path, spec } of set.pods) {
    for (const [index, volume] of list(at(spec, 'volumes')).entries()) {
      if (!isSpelled(volume, VOLUME)) say(object, faultsIn(volume, VOLUME, titleOf(object), `${path.join('.')}.volumes[${index}]`));
    }
  }
}

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

function meaningOf(meant: string | null): string {
  if (meant === null) return 'there is no such field, and what it says is dropped';
  return meant.includes('.') ? `it belongs to ${meant}` : `Kubernetes calls it '${meant}'`;
}

/** The words are those of the API server, so that one search finds both. */
function faultsIn(node: unknown, place: Place, title: string, from?: string): Fault[] {
  const all = [...misspellings(node, place, from)];
  const swapped = place === GRANT && areSidesSwapped(node) ? all.filter(({ path }) => SWAPPED.test(path)) : [];
  return [
    ...swapped.slice(0, 1).map((one) => swappedFault(one, title)),
    ...all.filter((one) => !swapped.includes(one)).map((one) => faultOf(one, title)),
  ];
}

function faultOf({ path, meant, isRightThere, node }: Misspelling, title: string): Fault {
  const message = `unknown field "${path}" of ${title}: ${meaningOf(meant)}${isRightThere ? ', which is there too' : ''}`;
  return meant === null ? { message, node, remediation: NOTHING_MEANT } : { message, node };
}

/** What is unknown in a grant whose sides are swapped. */
const SWAPPED = /^spec\.(?:from\[\d+\]\.name|to\[\d+\]\.namespace)$/;

function swappedFault({ path, node }: Misspelling, title: string): Fault {
  const message = `unknown field "${path}" of ${title}: its from and its to are swapped, but from must say in which namespace claims may copy, and to what they may copy`;
  return { message, node, remediation: 'Write what stands in `from` into `to`, and what stands in `to` into `from`.' };
}
