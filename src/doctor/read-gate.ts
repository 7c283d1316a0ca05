import { at, list } from '../rules/fields';
import { type Answer, mapped } from './answer';
import { type ClusterView, GATE, type GateReading } from './cluster-view';
import { type ApiReader, parsed } from './kubectl';

const LEASES =
  '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases?labelSelector=apiserver.kubernetes.io%2Fidentity%3Dkube-apiserver';

/** Where nobody says how many servers there are. */
const ASKED_BLINDLY = 3;
/** How often each server may be asked until all have answered: an address may well give the same one twice. */
const ASKED_EACH = 4;

/** Asks the API server for its gate, until every server behind the address has answered, as far as can be known. */
export async function readGate(read: ApiReader): Promise<Pick<ClusterView, 'apiServers' | 'gateReadings'>> {
  const apiServers = mapped(await read(LEASES), (text) => list(at(parsed(text), 'items')).length);
  const count = 'known' in apiServers ? apiServers.known : 0;
  const gateReadings: Answer<GateReading>[] = [];
  const seen = new Set<string>();
  const limit = count > 0 ? count * ASKED_EACH : ASKED_BLINDLY;
  while (gateReadings.length < limit && (count === 0 || seen.size < count)) {
    const reading = mapped(await read('/metrics'), readingOf);
    gateReadings.push(reading);
    // A missing right is missing the next time too.
    if (!('known' in reading)) break;
    seen.add(reading.known.process);
  }
  return { apiServers, gateReadings };
}

function readingOf(metrics: string): GateReading {
  const gate = new RegExp(`^kubernetes_feature_enabled\\{[^}]*name="${GATE}"[^}]*\\} ([01])$`, 'm').exec(metrics);
  const [, process = ''] = /^process_start_time_seconds (\S+)$/m.exec(metrics) ?? [];
  return { process, ...(gate && { on: gate[1] === '1' }) };
}
