import { at, text } from '../../rules/fields';
import { type Check, type Doubt, page } from '../check';
import { GATE } from '../cluster-view';
import { type Evidence, nameOf, type Provisioner } from '../evidence';
import { gateOf } from '../sidecars';
import { doubtsOfNeed, needsGate } from '../without-gate';

/** Each driver has a csi-provisioner of its own, with arguments of its own. */
export const provisionerGate: Check = {
  id: 'provisioner-gate',
  question: `whether the feature gate ${GATE} is on in csi-provisioner`,

  *judge(evidence) {
    if (!needsGate(evidence)) return;
    yield* evidence.workloadDoubts();
    if (evidence.provisioners.length === 0 && evidence.workloadDoubts().length === 0) yield HIDDEN;
    yield* hiddenAmong(evidence);
    const gates = evidence.provisioners.map((provisioner) => ({ provisioner, on: gateOf(provisioner.words) }));
    const someWork = gates.some(({ on }) => on !== false);
    for (const { provisioner, on } of gates) {
      const { object, container } = provisioner;
      const where = `container ${container} of ${placeOf(provisioner)}`;
      if (on === undefined) {
        yield {
          because: `the argument --feature-gates of ${where} holds a variable whose value is elsewhere`,
          remediation: `kubectl -n ${object.namespace} exec ${object.kind.toLowerCase()}/${object.name} -c ${container} -- cat /proc/1/cmdline`,
        };
      }
      if (on !== false) continue;
      const doubts = [...doubtsOfNeed(evidence)];
      if (doubts.length > 0) {
        yield* doubts;
        continue;
      }
      yield {
        // Another driver's provisioner may be all that is wanted.
        severity: someWork ? 'warning' : 'error',
        object,
        message: `The feature gate ${GATE} is off in ${where}.`,
        effect: `A claim of its driver that names a source in another namespace stays Pending: 'dataSourceRef namespace specified but the ${GATE} feature is disabled'.`,
        remediation: `first the definition of ReferenceGrant and the right to list them, then add --feature-gates=${GATE}=true to its arguments: kubectl -n ${object.namespace} edit ${object.kind.toLowerCase()} ${object.name}, or where its chart or operator sets them`,
        page: page('docs/troubleshooting.md#the-feature-is-disabled'),
      };
    }
  },
};

const HIDDEN: Doubt = {
  because: 'no Deployment, StatefulSet, DaemonSet or Pod runs a container of csi-provisioner; a managed cluster may hide it',
  remediation: 'ask whoever runs the CSI driver for the arguments of its csi-provisioner',
};

/** Nothing in the arguments of a csi-provisioner says of which driver it is; where there are fewer than drivers, one that matters may not be seen. */
function* hiddenAmong(evidence: Evidence): Generator<Doubt> {
  const { length } = evidence.provisioners;
  const registered = new Set(evidence.objects('csidrivers').map((driver) => nameOf(driver).name));
  const used = new Set(evidence.objects('storageclasses').map((each) => text(at(each, 'provisioner'))));
  const drivers = [...used].filter((driver) => registered.has(driver));
  if (length === 0 || length >= drivers.length) return;
  const names = drivers.map((driver) => `'${driver}'`).join(', ');
  yield {
    because: `${length} csi-provisioner can be seen, and the StorageClasses are of ${drivers.length} CSI drivers (${names}): nothing says of which driver it is`,
    remediation: 'compare with the logs of csi-provisioner, which name its driver; ask whoever runs the other drivers for its arguments',
  };
}

/** `Deployment csi/provisioner`. */
export function placeOf({ object }: Provisioner): string {
  return `${object.kind} ${object.namespace}/${object.name}`;
}
