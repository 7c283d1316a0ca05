import type { Check, Doubt, Fault } from './check';
import { apiServerGate } from './checks/api-server-gate';
import { CLAIM_CHECKS } from './checks/claims';
import { cloneGuard } from './checks/clone-guard';
import { driverClasses } from './checks/driver-classes';
import { kindsServed } from './checks/kinds-served';
import { provisionerAccess } from './checks/provisioner-access';
import { provisionerGate } from './checks/provisioner-gate';
import { provisionerVersion } from './checks/provisioner-version';
import { sidecarsReady } from './checks/sidecars-ready';
import { snapshotController } from './checks/snapshot-controller';
import type { ClusterView } from './cluster-view';
import { Evidence } from './evidence';
import { clonesIn, type Diagnosis, type OpenQuestion, type Report } from './report';

/** Every check, causes before what comes of them. */
export const CHECKS: readonly Check[] = [
  apiServerGate,
  kindsServed,
  provisionerGate,
  provisionerAccess,
  provisionerVersion,
  snapshotController,
  sidecarsReady,
  driverClasses,
  cloneGuard,
  ...CLAIM_CHECKS,
];

/** What is wrong with the cluster of a view. */
export function diagnose(view: ClusterView): Report {
  const evidence = new Evidence(view);
  const findings: Diagnosis[] = [];
  const unknown = new Map<string, OpenQuestion>();
  for (const { id, question, judge } of CHECKS) {
    for (const result of judge(evidence)) {
      if (isFault(result)) findings.push({ rule: id, ...result });
      else unknown.set(`${id} ${result.because}`, { rule: id, question, ...result });
    }
  }
  return { findings, unknown: [...unknown.values()], clones: clonesIn(evidence) };
}

function isFault(result: Fault | Doubt): result is Fault {
  return 'severity' in result;
}
