import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { waveNodeOf, waveOf } from '../sync-wave';
import { snapshotsOfDelivery } from './source-makers';

export const snapshotBeforeSource: Rule = {
  id: 'snapshot-before-source',
  severity: 'error',
  sentence: 'A snapshot comes in no earlier sync wave than its source claim and the workloads that fill it.',
  why: 'A snapshot of a claim that does not exist yet has an error, Argo CD takes it for Degraded, the wave fails and is retried for ever, and the wave of the claim never comes. A snapshot before the workload that fills the claim copies an empty volume. Objects count as delivered together if Argo CD tracks them for one Application, else if their files are in one folder.',
  remediation: 'Put the snapshot into the wave after its source, or deliver it by an Application of its own, with a folder of its own.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    for (const { snapshot, claim, last, wave } of snapshotsOfDelivery(set)) {
      const own = waveOf(snapshot);
      if (own >= wave) {
        say(snapshot);
        continue;
      }
      const role =
        last.kind === 'PersistentVolumeClaim' ? `that of its source ${titleOf(last)}` : `in which ${titleOf(last)} fills claim ${claim}`;
      const message = `sync wave of ${titleOf(snapshot)} is '${own}', but must be after '${wave}', ${role}`;
      say(snapshot, { message, node: waveNodeOf(snapshot) });
    }
  },
};
