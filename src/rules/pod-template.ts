import { along, at } from './fields';
import type { SetObject } from './set-object';

/** The pod that an object makes, or is. */
export interface PodTemplate {
  readonly object: SetObject;
  /** Where in the manifest it stands, such as `spec`, `template`, `spec`. */
  readonly path: readonly string[];
  readonly spec: unknown;
}

/** Where kinds keep their pods: Deployment, StatefulSet, Job and many custom kinds; CronJob; Pod and PodTemplate. */
const PLACES = [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec'], ['template', 'spec']] as const;
const NONE: PodTemplate[] = [];

/** The pods of one object: whatever has containers where pods are kept; written wrongly, they are to be found as well. */
export function podsIn(object: SetObject): readonly PodTemplate[] {
  const { manifest } = object;
  const spec = at(manifest, 'spec');
  // Most objects are none of them.
  if (
    at(spec, 'template') === undefined &&
    at(spec, 'jobTemplate') === undefined &&
    at(spec, 'containers') === undefined &&
    at(manifest, 'template') === undefined
  )
    return NONE;
  return PLACES.map((path) => ({ object, path, spec: along(manifest, path) })).filter(
    (pod) => (at(pod.spec, 'containers') ?? undefined) !== undefined,
  );
}
