import type { ObjectSet } from '../object-set';
import type { Fault, Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { areDeliveredTogether, speaksToArgoCd, waveNodeOf, waveOf } from '../sync-wave';
import { type HandedOverContent, handedOverContents } from './handed-over-contents';

export const contentBeforeSource: Rule = {
  id: 'content-before-source',
  severity: 'error',
  sentence: 'A handed-over content comes in a later sync wave than the snapshot that it hands over and the grant that it needs.',
  why: 'The policies look at both when the content is made. Without a grant the API server refuses it with `no ReferenceGrant in namespace`, before the snapshot is ready with `is not ready to use`; the sync fails, and a later wave never comes. Objects count as delivered together if Argo CD tracks them for one Application, else if their files are in one folder.',
  remediation: 'Put the content into the wave after the snapshot and the grant, or deliver it by an Application of its own.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    for (const content of handedOverContents(set)) {
      if (content.reference) say(content.object, faultsOf(set, content));
    }
  },
};

function faultsOf(set: ObjectSet, { object, reference }: HandedOverContent): Fault[] {
  // Whoever does not use Argo CD has all in one wave, and applies what was too early again.
  const earliest = speaksToArgoCd(object) ? waveOf(object) : waveOf(object) + 1;
  const late = (other: SetObject) => areDeliveredTogether(other, object) && waveOf(other) >= earliest;
  const snapshot = set.find(reference!.source);
  const covering = set.grantIndex.covering(reference!).map(({ object: grant }) => grant);
  const after: [SetObject, string][] = [];
  if (snapshot && late(snapshot)) after.push([snapshot, 'which it hands over']);
  if (covering.length > 0 && covering.every(late)) after.push([covering[0], 'which it needs']);
  return after.map(([other, why]) => ({
    message: `sync wave of ${titleOf(object)} is '${waveOf(object)}', but must be after '${waveOf(other)}', that of ${titleOf(other)}, ${why}: the API server would refuse it`,
    node: waveNodeOf(object),
  }));
}
