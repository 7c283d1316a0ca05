import type { Absent, Unanswered } from '../answer';
import type { Check } from '../check';
import { page, READ_RIGHTS } from '../check';
import { GATE } from '../cluster-view';
import { doubtsOfNeed, needsGate } from '../without-gate';

const EFFECT =
  'It drops the dataSourceRef of a claim to another namespace without a word; the claim is bound to an EMPTY volume. The guard, where it stands, refuses such a claim.';
const TURN_ON = `start every kube-apiserver with --feature-gates=${GATE}=true`;
const PAGE = page('docs/troubleshooting.md#the-claim-is-bound-and-its-volume-is-empty');

/** Each API server decides for itself, by the request that reaches it. */
export const apiServerGate: Check = {
  id: 'api-server-gate',
  question: `whether the feature gate ${GATE} is on in every API server`,

  *judge(evidence) {
    if (!needsGate(evidence)) return;
    const { view } = evidence;
    const servers = new Map<string, boolean | undefined>();
    for (const reading of view.gateReadings) {
      if ('known' in reading) servers.set(reading.known.process, reading.known.on);
      else yield { because: 'unknown' in reading ? reading.unknown : reading.absent, remediation: READ_RIGHTS };
    }
    const answers = [...servers.values()];
    const off = answers.filter((on) => on === false).length;
    const on = answers.filter((each) => each === true).length;
    // It may be the way without the gate that is taken here.
    const doubts = off > 0 ? [...doubtsOfNeed(evidence)] : [];
    if (doubts.length > 0) {
      yield* doubts;
      return;
    }
    if (off > 0) {
      const message =
        on > 0
          ? `The feature gate ${GATE} is on in ${on} and off in ${off} of the API servers that answered behind one address.`
          : `The feature gate ${GATE} is off in the API server.`;
      yield { severity: 'error', message, effect: EFFECT, remediation: TURN_ON, page: PAGE };
      return;
    }
    if (on < answers.length) {
      const because = `the metrics of the API server do not name the gate, as before Kubernetes 1.26`;
      yield {
        because,
        remediation: 'apply a clone with kubectl apply --dry-run=server -o yaml, and see whether its dataSourceRef comes back',
      };
      return;
    }
    if (answers.length === 0) return;
    const { apiServers } = view;
    const count = 'known' in apiServers ? apiServers.known : 0;
    if (answers.length >= count && count > 0) return;
    const leases =
      'known' in apiServers
        ? `${count || 'no'} API server${count === 1 ? ' has a lease' : 's have leases'} in kube-system`
        : reasonOf(apiServers);
    yield {
      because: `${leases}, and ${answers.length} answered`,
      remediation: `ask each API server by its own address: kubectl --server=https://ADDRESS:6443 get --raw /metrics | grep ${GATE}`,
    };
  },
};

function reasonOf(answer: Absent | Unanswered): string {
  return `how many API servers there are is not known: ${'unknown' in answer ? answer.unknown : answer.absent}`;
}
