import { at, list, text } from '../fields';

/** Whether a MutatingAdmissionPolicy fills contents, whoever wrote it: it takes the handle from the content of a source. */
export function fillsContents(policy: unknown): boolean {
  return list(at(policy, 'spec', 'mutations')).some((mutation) =>
    text(at(mutation, 'applyConfiguration', 'expression')).includes('params.status.snapshotHandle'),
  );
}
