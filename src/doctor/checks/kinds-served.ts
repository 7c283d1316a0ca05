import { type Check, type Fault, page, READ_RIGHTS } from '../check';
import { WATCHED, type WatchedName } from '../cluster-view';

const GRANTS = {
  effect:
    "A csi-provisioner whose gate is on lists them before it does anything else: ALL provisioning of its driver stops, plain claims included, without an event. Its log says 'the server could not find the requested resource (get referencegrants.gateway.networking.k8s.io)'.",
  remediation:
    'kubectl apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml',
  page: page('docs/troubleshooting.md#no-claim-of-the-driver-is-provisioned-and-nothing-says-why'),
};

const SNAPSHOTS = {
  effect: 'There can be no snapshot, so no clone of one either; the snapshot-controller ends when it starts.',
  remediation: "kubectl apply -k 'https://github.com/kubernetes-csi/external-snapshotter/client/config/crd?ref=v8.6.0'",
  page: page('README.md#what-it-needs-from-the-cluster'),
};

/** Whether the kinds are installed, in the versions that the sidecars watch. */
export const kindsServed: Check = {
  id: 'kinds-served',
  question: 'whether the API server serves grants and snapshots',

  *judge({ view }) {
    for (const name of Object.keys(WATCHED) as WatchedName[]) {
      const answer = view.versions[name];
      if (!('known' in answer)) {
        yield { because: 'unknown' in answer ? answer.unknown : answer.absent, remediation: READ_RIGHTS };
      } else if (!answer.known.includes(WATCHED[name].version)) {
        yield missing(name, answer.known);
      }
    }
  },
};

function missing(name: WatchedName, served: readonly string[]): Fault {
  const { group, version } = WATCHED[name];
  const instead = served.length > 0 ? `only ${served.join(' and ')}` : 'no version of it';
  return {
    severity: 'error',
    object: { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', namespace: '', name: `${name}.${group}` },
    message: `The API server does not serve ${name}.${group} in version ${version}, which is the one that is watched; it serves ${instead}.`,
    ...(name === 'referencegrants' ? GRANTS : SNAPSHOTS),
  };
}
