import { isMisspelled } from '../field-names';
import { at } from '../fields';
import { CLAIM_SPEC } from '../known-fields';
import { faultsIn, type Rule } from '../rule';
import { shown } from '../shown';

const READ_WRITE_ONCE_POD = 'ReadWriteOncePod';
const NONE: readonly string[] = [];
const MODES: readonly unknown[] = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', READ_WRITE_ONCE_POD];

export const accessModes: Rule = {
  id: 'access-modes',
  severity: 'error',
  sentence:
    'A claim that is filled from a source asks for at least one access mode, spelled as Kubernetes does, and for ReadWriteOncePod alone.',
  why: 'The API server rejects any other claim: a missing mode with `at least 1 access mode is required`, an unknown one with `supported values`, and ReadWriteOncePod beside another mode with `may not use ReadWriteOncePod with other access modes`.',
  remediation: 'Set spec.accessModes to [ReadWriteOnce], or to what the workload and the driver need.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',

  judge(set, say) {
    for (const { object, namespace, name, spec, reference } of set.claims) {
      if (!reference) continue;
      const modes = at(spec, 'accessModes');
      const node = modes ?? spec;
      say(
        object,
        faultsIn(modes === undefined && isMisspelled(spec, CLAIM_SPEC, 'accessModes') ? NONE : faultsOf(modes), (fault) => ({
          message: `accessModes of claim ${namespace}/${name} ${fault}`,
          node,
        })),
      );
    }
  },
};

/** What is wrong, after a name for the modes. */
function faultsOf(modes: unknown): readonly string[] {
  if (modes === undefined || modes === null || (Array.isArray(modes) && modes.length === 0)) {
    return [`is ${modes ? 'empty' : 'missing'}, but must hold at least one mode`];
  }
  // `wrong-type` speaks of it.
  if (!Array.isArray(modes)) return NONE;
  // Nearly all.
  if (modes.length === 1 && MODES.includes(modes[0])) return NONE;
  const unknown = modes.filter((mode) => !MODES.includes(mode));
  if (unknown.length > 0) return unknown.map((mode) => `holds ${shown(mode)}, but must hold only modes among ${MODES.join(', ')}`);
  const others = [...new Set(modes)].filter((mode) => mode !== READ_WRITE_ONCE_POD);
  if (others.length === 0 || others.length === new Set(modes).size) return NONE;
  return [`holds ${READ_WRITE_ONCE_POD} and '${others.join(', ')}', but ${READ_WRITE_ONCE_POD} must stand alone`];
}
