import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { speaksToArgoCd, waveNodeOf, waveOf } from '../sync-wave';
import { snapshotsOfDelivery } from './source-makers';

export const snapshotBesideSource: Rule = {
  id: 'snapshot-beside-source',
  severity: 'warning',
  sentence: 'Under Argo CD, a snapshot comes in a later sync wave than its source claim and the workloads that fill it.',
  why: 'In one wave with a source that starts from nothing, the snapshot is taken seconds after the claim is bound, before anything is written: all is Synced and Healthy, and the copies are EMPTY. It does no harm where the source has its data already. Only snapshots with an Argo CD annotation are looked at.',
  remediation: 'Put the snapshot into the wave after its source, or deliver it by an Application of its own, with a folder of its own.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    for (const { snapshot, claim, last, wave } of snapshotsOfDelivery(set)) {
      if (!speaksToArgoCd(snapshot)) continue;
      if (waveOf(snapshot) !== wave) {
        say(snapshot);
        continue;
      }
      const message = `sync wave of ${titleOf(snapshot)} is '${wave}', as that of ${titleOf(last)}, but must be after it: the copy would be taken before claim ${claim} has its data`;
      say(snapshot, { message, node: waveNodeOf(snapshot) });
    }
  },
};
