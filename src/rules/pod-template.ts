import { at } from './fields';
import type { SetObject } from './set-object';

/** The pod that an object makes, or is. */
export interface PodTemplate {
  readonly object: SetObject;
  readonly spec: unknown;
}

/** Where kinds keep their pods: Deployment, StatefulSet, Job and many custom kinds; CronJob; Pod and PodTemplate. */
const PLACES = [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec'], ['template', 'spec']];

/** The pods of one object: whatever has containers where pods are kept. */
export function podsIn(object: SetObject): PodTemplate[] {
  return PLACES.map((place) => at(object.manifest, ...place))
    .filter((spec) => Array.isArray(at(spec, 'containers')))
    .map((spec) => ({ object, spec }));
}
