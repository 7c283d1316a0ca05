import { CORE_GROUP } from '../../reference/reference';
import { claimTitle } from '../claim';
import { at, text } from '../fields';
import type { Rule } from '../rule';
import { isOwnGroup } from '../source-kind';

export const populatorNotInSet: Rule = {
  id: 'populator-not-in-set',
  severity: 'info',
  sentence: 'A claim whose source is of a kind of its own finds a VolumePopulator for that kind in the set.',
  why: 'csi-provisioner leaves such a claim alone, with the event `Assuming an external populator will provision the volume`. Without a populator in the cluster it stays Pending; across namespaces the populator needs its own switch and its own right to read grants.',
  remediation:
    'Be sure that the cluster has a volume populator for that kind, and that it knows grants if the source is in another namespace.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources',

  judge(set, say) {
    const known = new Set(
      set
        .ofKind('populator.storage.k8s.io', 'VolumePopulator')
        .map(({ manifest }) => `${text(at(manifest, 'sourceKind', 'group'))} ${text(at(manifest, 'sourceKind', 'kind'))}`),
    );
    for (const claim of set.claims) {
      const { object, source, named } = claim;
      if (!source || !named || source.group === CORE_GROUP || isOwnGroup(source.group) || source.kind === 'VolumeSnapshot') continue;
      if (source.kind === 'PersistentVolumeClaim') continue;
      if (known.has(`${source.group} ${source.kind}`)) {
        say(object);
        continue;
      }
      const message = `${claimTitle(claim)} is to be filled from ${source.kind}.${source.group} ${named.namespace}/${source.name}, and the set holds no VolumePopulator for that kind`;
      say(object, { message, node: source.node });
    }
  },
};
