import { INTENT_ANNOTATION } from '../reference/intent';
import { GRANTED_BY_ANNOTATION } from '../reference/pre-provisioned';
import { along, at } from '../rules/fields';
import type { KindName } from './cluster-view';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Path = readonly string[];

const annotation = (name: string): Path => ['metadata', 'annotations', name];
const EVERYWHERE: readonly Path[] = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']];
const SPEC: readonly Path[] = [['spec']];

/** What a check looks at, of every kind but the workloads. The rest of an object is nobody's business, and a dump is given away. */
const LOOKED_AT: Readonly<Partial<Record<KindName, readonly Path[]>>> = {
  persistentvolumeclaims: [
    annotation(INTENT_ANNOTATION),
    annotation('volume.beta.kubernetes.io/storage-class'),
    annotation('volume.kubernetes.io/selected-node'),
    ['spec'],
    ['status', 'phase'],
  ],
  events: [['involvedObject'], ['type'], ['message'], ['lastTimestamp'], ['eventTime']],
  storageclasses: [['provisioner'], ['volumeBindingMode']],
  volumesnapshots: [['spec'], ['status', 'readyToUse'], ['status', 'error', 'message']],
  volumesnapshotclasses: [['driver']],
  volumesnapshotcontents: [annotation(GRANTED_BY_ANNOTATION)],
  referencegrants: SPEC,
  clusterroles: [['rules']],
  clusterrolebindings: [['roleRef'], ['subjects']],
  validatingadmissionpolicies: SPEC,
  validatingadmissionpolicybindings: SPEC,
  mutatingadmissionpolicies: SPEC,
  mutatingadmissionpolicybindings: SPEC,
};

/** The fields of an object that checks look at. */
export function fieldsOf(name: KindName, object: unknown): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const path of [...EVERYWHERE, ...(LOOKED_AT[name] ?? [])]) put(kept, object, path);
  // A status without anything in it says that somebody has looked.
  if (name === 'volumesnapshots' && at(object, 'status') !== undefined) kept.status ??= {};
  return name === 'persistentvolumeclaims' ? { ...kept, metadata: withAuthors(kept.metadata as object, object) } : kept;
}

/** What the authors of a claim meant: of what they applied the reference, and of a claim without one also who set which field. */
function withAuthors(metadata: object, claim: unknown): unknown {
  const annotations = { ...(at(metadata, 'annotations') as object | undefined) };
  const reference = at(parsed(at(claim, 'metadata', 'annotations', LAST_APPLIED)), 'spec', 'dataSourceRef');
  if (reference !== undefined) Object.assign(annotations, { [LAST_APPLIED]: JSON.stringify({ spec: { dataSourceRef: reference } }) });
  const managedFields = at(claim, 'spec', 'dataSourceRef') ? undefined : at(claim, 'metadata', 'managedFields');
  return { ...metadata, annotations, ...(managedFields !== undefined && { managedFields }) };
}

function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}

function put(kept: Record<string, unknown>, object: unknown, path: Path): void {
  const value = along(object, path);
  if (value === undefined) return;
  let place = kept;
  for (const field of path.slice(0, -1)) {
    place[field] ??= {};
    place = place[field] as Record<string, unknown>;
  }
  place[path.at(-1)!] = value;
}
