import { at, text } from '../fields';
import type { Rule } from '../rule';

export const volumeNameSet: Rule = {
  id: 'volume-name-set',
  severity: 'error',
  sentence: 'A claim that is filled from a source names no PersistentVolume.',
  why: 'A claim with spec.volumeName binds to that volume, with whatever is on it. No provisioner runs, nothing is copied from the source, and no event says so. In a claim that is bound already the field is set by the cluster and is left alone here.',
  remediation: 'Remove spec.volumeName, or the data source.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume',

  judge(set, say) {
    for (const { object, namespace, name, node, spec, reference } of set.claims) {
      if (!reference) continue;
      const volume = text(at(spec, 'volumeName'));
      const bound = at(node, 'status', 'phase') === 'Bound';
      if (!volume || bound) {
        say(object);
        continue;
      }
      const { source } = reference;
      const message = `volumeName of claim ${namespace}/${name} is '${volume}', but must be absent: the claim would bind to that volume and not be filled from ${source.kind} ${source.namespace}/${source.name}`;
      say(object, { message, node: spec });
    }
  },
};
