import { at } from '../fields';
import { POD_SPEC, shapeOf } from '../object-shapes';
import type { PodTemplate } from '../pod-template';
import type { Fault, Rule } from '../rule';
import type { SetObject } from '../set-object';
import { titleOf } from '../set-object';
import { type MapShape, type Misfit, misfits, shown } from '../shape';

/** Of an object whose apiVersion or kind is itself of a wrong type. */
const ANY_OBJECT: MapShape = { fields: { apiVersion: 'string', kind: 'string' } };

export const wrongType: Rule = {
  id: 'wrong-type',
  severity: 'error',
  sentence: 'Every field that decides about a claim, a grant or a snapshot has the type that Kubernetes wants.',
  why: 'The API server refuses the object, because it cannot read the field. No other rule can judge what depends on it, so nothing here may be taken for right.',
  remediation:
    "Give the field the type that it must have; a string that looks like a number, a date or a boolean has to stand in quotes: '2026'.",
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/',

  *judge(set) {
    for (const object of set.objects) {
      const whole = object.apiVersion !== '' && object.kind !== '';
      const shape = whole ? shapeOf(object.group, object.kind) : ANY_OBJECT;
      if (shape) yield { object, faults: faultsOf(object, misfits(object.manifest, shape, '', object.manifest)) };
    }
    for (const pod of set.pods) {
      const { group, kind } = pod.object;
      if (!shapeOf(group, kind)) yield { object: pod.object, faults: podFaults(pod) };
    }
  },
};

/** A pod in an object of a kind that is unknown here. */
function podFaults({ object, path, spec }: PodTemplate): Fault[] {
  const holder = at(object.manifest, ...path.slice(0, -1));
  const names: MapShape = { fields: { metadata: { fields: { name: 'string', namespace: 'string' } } } };
  return faultsOf(object, [...misfits(spec, POD_SPEC, path.join('.'), holder), ...misfits(object.manifest, names, '', object.manifest)]);
}

function faultsOf(object: SetObject, found: Iterable<Misfit>): Fault[] {
  return [...found].map(({ path, value, wanted, node }) => ({
    message: `${path} of ${titleOf(object)} is ${shown(value)}, but must be ${wanted}`,
    node,
  }));
}
