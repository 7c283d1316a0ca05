import { at } from '../../rules/fields';
import { type Check, page } from '../check';
import { nameOf } from '../evidence';

/** Whether anybody answers VolumeSnapshots. Some clouds run the controller where nobody sees it; then its work shows. */
export const snapshotController: Check = {
  id: 'snapshot-controller',
  question: 'whether a snapshot-controller runs',

  *judge(evidence) {
    // Where snapshots are no kind at all, that alone is said.
    if (evidence.snapshotControllers.length > 0 || 'absent' in evidence.view.objects.volumesnapshots) return;
    const doubts = [...evidence.workloadDoubts(), ...evidence.doubts('volumesnapshots')];
    const snapshots = evidence.objects('volumesnapshots');
    if (snapshots.some((snapshot) => at(snapshot, 'status') !== undefined)) return;
    yield* doubts;
    if (doubts.length > 0) return;
    const [unanswered] = snapshots;
    if (!unanswered) {
      yield {
        because: 'no workload runs a container of snapshot-controller, and there is no VolumeSnapshot on which it could have left a mark',
        remediation: 'take a snapshot, and see whether it gets a status',
      };
      return;
    }
    yield {
      severity: 'error',
      object: nameOf(unanswered),
      message: `No workload runs a container of snapshot-controller, and no VolumeSnapshot has a status, ${nameOf(unanswered).namespace}/${nameOf(unanswered).name} for one.`,
      effect: "A claim that is to be filled from a snapshot stays Pending: 'snapshot NAME not bound'.",
      remediation:
        "kubectl apply -k 'https://github.com/kubernetes-csi/external-snapshotter/deploy/kubernetes/snapshot-controller?ref=v8.6.0'",
      page: page('docs/troubleshooting.md#the-snapshot-cannot-be-read'),
    };
  },
};
