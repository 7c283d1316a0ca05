import { INTENT_ANNOTATION, intentOf } from '../../reference/intent';
import { CLAIM_KIND } from '../../reference/reference';
import type { Claim } from '../claim';
import { at, list, text } from '../fields';
import type { Rule } from '../rule';

/** Where `kubectl apply` keeps what its user wrote, the dropped reference included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export const dataSourceDropped: Rule = {
  id: 'data-source-dropped',
  severity: 'error',
  sentence: 'A claim in a cluster names the source that its author meant.',
  why: 'An API server whose feature gate `CrossNamespaceVolumeDataSource` is off drops a `dataSourceRef` to another namespace without a word. The claim is bound to an EMPTY volume, and never heals: `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims`.',
  remediation: `Turn the feature gate on in every API server. Then look at what has been written to the volume since; if none of it is needed, delete the claim and let it be made again. If a backup tool has restored the claim with data of its own, remove the annotation ${INTENT_ANNOTATION}.`,
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  judge(set, say) {
    for (const claim of set.claims) {
      const phase = text(at(claim.object.manifest, 'status', 'phase'));
      if (claim.object.kind !== CLAIM_KIND || !phase) continue;
      const meant = meantSource(claim);
      if (!meant) continue;
      const { reference } = claim;
      // A handed-over snapshot stands for the original.
      if (reference && meant.source === intentOf(reference.source)) {
        say(claim.object);
        continue;
      }
      const volume = phase === 'Bound' ? 'its volume was made EMPTY' : 'its volume will be made EMPTY';
      const source = meant.source ?? 'a source';
      const message = reference
        ? `claim ${claim.namespace}/${claim.name} is to be filled from ${source} by ${meant.place}, but names ${intentOf(reference.source)}: it does not hold the data that was meant`
        : `claim ${claim.namespace}/${claim.name} is ${phase} and is to be filled from ${source} by ${meant.place}, but names no data source: ${volume}`;
      say(claim.object, { message, node: claim.spec });
    }
  },
};

interface Meant {
  /** As an intent is written. Absent: it is known that there was one, and no more. */
  readonly source?: string;
  readonly place: string;
}

/** What the author meant: the annotation of a clone, what `kubectl apply` was given, or that there was a reference at all. */
function meantSource({ intent, annotations, namespace, node }: Claim): Meant | undefined {
  if (intent) return { source: intent, place: `its annotation ${INTENT_ANNOTATION}` };
  const ref = at(parsed(annotations[LAST_APPLIED]), 'spec', 'dataSourceRef');
  const sourceNamespace = text(at(ref, 'namespace'));
  if (sourceNamespace && sourceNamespace !== namespace) {
    const source = {
      group: text(at(ref, 'apiGroup')),
      kind: text(at(ref, 'kind')),
      namespace: sourceNamespace,
      name: text(at(ref, 'name')),
    };
    return { source: intentOf(source), place: `its annotation ${LAST_APPLIED}` };
  }
  // Who set which field is written down before the reference is dropped; its value is not.
  const wasSet = list(at(node, 'metadata', 'managedFields')).some(
    (entry) => at(entry, 'fieldsV1', 'f:spec', 'f:dataSourceRef') !== undefined,
  );
  const isThere = ['dataSourceRef', 'dataSource'].some((field) => at(node, 'spec', field) !== undefined);
  return wasSet && !isThere ? { place: 'its managedFields' } : undefined;
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    // Somebody else's annotation; it says nothing that can be read.
    return undefined;
  }
}
