import { type App, Size, Testing } from 'cdk8s';
import { setOf, verdictsOf } from '../projenrc/demo/verdicts';
import { findingsIn } from '../src/check/finding';
import { handedOverContentMissing } from '../src/rules/pre-provisioned/handed-over-content-missing';
import { handedOverDeletionPolicy } from '../src/rules/pre-provisioned/handed-over-deletion-policy';
import { handedOverFilledByHand } from '../src/rules/pre-provisioned/handed-over-filled-by-hand';
import { handedOverNamesDiffer } from '../src/rules/pre-provisioned/handed-over-names-differ';
import { reservedName } from '../src/rules/pre-provisioned/reserved-name';

/** What must hold for the pairs of a set, whoever delivers them. */
const PAIR_RULES = [handedOverNamesDiffer, handedOverFilledByHand, handedOverDeletionPolicy, handedOverContentMissing, reservedName];

/** A rendered object, as loosely typed as YAML is. */
// biome-ignore lint/suspicious/noExplicitAny: what is rendered has no static type
export type Manifest = any;

/** Everything that an App renders, chart after chart. */
export function render(app: App): Manifest[] {
  return app.charts.flatMap((chart) => Testing.synth(chart));
}

/** What is wrong with the references of an App, read from its manifests alone. */
export function faultsOf(app: App): string[] {
  const set = setOf(render(app));
  return [...verdictsOf(set).flatMap((verdict) => verdict.faults), ...[...findingsIn(set, PAIR_RULES)].map(({ message }) => message)];
}

/** One rendered object. */
export function find(manifests: Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name));
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind} ${name ?? ''}, expected one`);
  return found[0];
}

/** What every claim needs and few tests are about. */
export const VOLUME = { storageClassName: 'csi-fast', storage: Size.gibibytes(20) };

/** What every new snapshot needs and few tests are about. */
export const MYSQL = { namespace: 'prod', claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' };

/** The message of the error that a call throws. */
export function errorOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error, but there was none');
}

/** The errors that an App reports when it is synthesized, each with the path of its construct. */
export function validationErrors(app: App): string[] {
  const message = errorOf(() => render(app));
  expect(message).toMatch(/^Validation failed with the following errors:\n/);
  return message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}
