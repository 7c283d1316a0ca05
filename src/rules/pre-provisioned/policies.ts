import { HANDED_OVER } from '../../reference/pre-provisioned';
import { GRANT_KIND } from '../../reference/reference';
import { at, list, text } from '../fields';
import { isGuard } from '../guard-policy';
import type { ObjectSet } from '../object-set';
import type { SetObject } from '../set-object';
import { fillsContents } from './content-filler';

const ADMISSION = 'admissionregistration.k8s.io';
const CONTENTS = 'volumesnapshotcontents';
/** What the policies that refuse speak of, in a condition or in a message. */
const SPEAKS_OF = [HANDED_OVER, 'PreProvisionedSnapshotPolicies'];

type Kind = 'MutatingAdmissionPolicy' | 'ValidatingAdmissionPolicy';

/** The policies of a set that fill contents, whoever wrote them. */
export function fillersIn(set: ObjectSet): readonly SetObject[] {
  return policiesOf(set, 'MutatingAdmissionPolicy').filter(({ manifest }) => fillsContents(manifest));
}

/** Whether the set holds a policy that fills contents, with a binding: what else they need should be here as well. */
export function areFilledIn(set: ObjectSet): boolean {
  const fillers = fillersIn(set);
  if (fillers.length === 0) return false;
  const bindings = bindingsOf(set, 'MutatingAdmissionPolicy');
  return fillers.some(({ name }) => bindings.has(name));
}

/** The policies that look for the grants of contents: their bindings name the source namespaces, one by one. */
export function grantSeekersIn(set: ObjectSet): readonly SetObject[] {
  return writersIn(set).filter(({ manifest }) => at(manifest, 'spec', 'paramKind', 'kind') === GRANT_KIND);
}

/** The policies that write into contents what another object says: what fills them, and what looks for their source and its grant. */
export function writersIn(set: ObjectSet): readonly SetObject[] {
  return policiesOf(set, 'MutatingAdmissionPolicy').filter(
    ({ manifest }) => isAboutContents(manifest) && at(manifest, 'spec', 'paramKind') !== undefined,
  );
}

/** The policies that refuse what nobody may hand over. A CloneGuard knows of handed-over snapshots too, and is none: it may only warn. */
export function refusersIn(set: ObjectSet): readonly SetObject[] {
  return policiesOf(set, 'ValidatingAdmissionPolicy').filter(({ manifest }) => speaksOfHandedOver(manifest) && !isGuard(manifest));
}

/** The bindings of policies, by the name of the policy. */
export function bindingsOf(set: ObjectSet, kind: Kind): ReadonlyMap<string, readonly SetObject[]> {
  const bindings = new Map<string, SetObject[]>();
  for (const binding of set.ofKind(ADMISSION, `${kind}Binding`)) {
    const name = text(at(binding.manifest, 'spec', 'policyName'));
    const known = bindings.get(name);
    if (known) known.push(binding);
    else bindings.set(name, [binding]);
  }
  return bindings;
}

/** Whether a policy is about VolumeSnapshotContents. */
export function isAboutContents(policy: unknown): boolean {
  return list(at(policy, 'spec', 'matchConstraints', 'resourceRules')).some((rule) => list(at(rule, 'resources')).includes(CONTENTS));
}

function policiesOf(set: ObjectSet, kind: Kind): readonly SetObject[] {
  return set.ofKind(ADMISSION, kind);
}

function speaksOfHandedOver(policy: unknown): boolean {
  const spec = at(policy, 'spec');
  const parts = [...list(at(spec, 'matchConditions')), ...list(at(spec, 'variables')), ...list(at(spec, 'validations'))];
  return parts.some((part) =>
    [at(part, 'expression'), at(part, 'messageExpression')].some((written) => SPEAKS_OF.some((word) => text(written).includes(word))),
  );
}
