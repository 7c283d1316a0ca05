import { HANDED_OVER } from '../reference/pre-provisioned';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { type AdmissionPolicy, applyConfiguration, everyParam, matching } from './admission-policy';
import { all, any, list, text } from './cel';
import { SNAPSHOT_API } from './content-policies';
import { ANNOTATED, CROSSES, RECORD } from './guard-expressions';
import { GRANT_PARAM, grantsFrom, grantsTo, handedOverName, isHandedOver, namesHandedOver, SOURCE_UID, STAMP_GRANT } from './handed-over';

const SOURCE = 'object.spec.dataSource';
export const REF = 'object.spec.dataSourceRef';

/** The local name of what a reference to another namespace names. */
const REWRITTEN = handedOverName(`${REF}.namespace`, `${REF}.name`);

/** The reference that counts: where both are given and one is dropped for its namespace, it is dataSource that stays. */
export const NAME = `(${namesHandedOver(SOURCE)} ? ${SOURCE}.name : ${REF}.name)`;

/** A claim to be filled from a handed-over snapshot, as its author wrote it or as the API server has filled in the other field. */
export const USES_HANDED_OVER = any(namesHandedOver(SOURCE), namesHandedOver(REF));

/** One grant fits as a whole, for the source that stands in the snapshot's name. */
function isGranted(uses: string, name: string): string {
  return all(
    uses,
    grantsFrom('request.namespace'),
    grantsTo(
      `${name} == ${handedOverName('params.metadata.namespace', 't.name')}`,
      `${name}.startsWith(${handedOverName('params.metadata.namespace', "''")})`,
    ),
  );
}

/** The order of policies is not defined: a claim that is rewritten may be seen before or after. */
function isGrantedOnceRewritten(namespaces: readonly string[]): string {
  const rewritten = isRewritten(namespaces);
  const name = `(${rewritten} ? ${REWRITTEN} : ${NAME})`;
  return isGranted(any(USES_HANDED_OVER, rewritten), name);
}

/**
 * The grant is asked for again with every claim: an owner who takes it away ends what can be made from then on.
 *
 * If it cannot be evaluated, for want of the kind ReferenceGrant, only the stamp is missing: claims that need one are refused by the guard, and
 * every other claim in the cluster goes on.
 */
export function claimGrant(namespaces: readonly string[], rewrites: boolean): AdmissionPolicy {
  const expression = rewrites ? isGrantedOnceRewritten(namespaces) : isGranted(USES_HANDED_OVER, NAME);
  return {
    suffix: 'claim-grant',
    kind: 'MutatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Ignore',
      reinvocationPolicy: 'Never',
      paramKind: GRANT_PARAM,
      matchConstraints: matching('', ['persistentvolumeclaims'], ['CREATE']),
      matchConditions: [{ name: 'is-granted', expression }],
      mutations: [applyConfiguration(STAMP_GRANT)],
    },
    bindings: namespaces.map((namespace) => ({ suffix: namespace, spec: { paramRef: everyParam(namespace) } })),
  };
}

/** The snapshot of that name, as it is now. */
function isSource(uses: string, name: string): string {
  return all(uses, `${name} == ${handedOverName('params.metadata.namespace', 'params.metadata.name')}`);
}

/**
 * Writes into a claim which VolumeSnapshot its source is today. A snapshot that was deleted, or made anew, is another one than the content was
 * filled from; the content itself never changes.
 */
export function claimSource(namespaces: readonly string[], rewrites: boolean): AdmissionPolicy {
  const rewritten = isRewritten(namespaces);
  const expression = rewrites
    ? isSource(any(USES_HANDED_OVER, rewritten), `(${rewritten} ? ${REWRITTEN} : ${NAME})`)
    : isSource(USES_HANDED_OVER, NAME);
  return {
    suffix: 'claim-source',
    kind: 'MutatingAdmissionPolicy',
    spec: {
      // As with the grant: without the stamp the guard refuses.
      failurePolicy: 'Ignore',
      reinvocationPolicy: 'Never',
      paramKind: { apiVersion: SNAPSHOT_API, kind: SNAPSHOT_KIND },
      matchConstraints: matching('', ['persistentvolumeclaims'], ['CREATE']),
      matchConditions: [{ name: 'is-its-source', expression }],
      mutations: [applyConfiguration(`Object{metadata: Object.metadata{annotations: {${SOURCE_UID}: params.metadata.uid}}}`)],
    },
    bindings: namespaces.map((namespace) => ({ suffix: namespace, spec: { paramRef: everyParam(namespace) } })),
  };
}

/**
 * A claim whose reference a server without the gate would drop, and that the policies can fill. One that is applied again brings the reference
 * beside the dataSource that was written before.
 */
export function isRewritten(namespaces: readonly string[]): string {
  return all(
    CROSSES,
    any(`!has(${SOURCE})`, all(namesHandedOver(SOURCE), `${SOURCE}.name == ${REWRITTEN}`)),
    `${REF}.namespace != request.namespace`,
    `${REF}.namespace in ${list(namespaces)}`,
    `${REF}.kind == ${text(SNAPSHOT_KIND)}`,
    `has(${REF}.apiGroup) && ${REF}.apiGroup == ${text(SNAPSHOT_GROUP)}`,
    `!${isHandedOver(`${REF}.name`)}`,
  );
}

const OLD_REF = 'oldObject.spec.dataSourceRef';

/**
 * The source of a claim never changes, so a stored one is rewritten again only if it was rewritten when it was made. One that was filled by
 * reference, or that is EMPTY, could not be changed at all any more: not annotated, and, for its finalizers, not deleted.
 */
export const IS_NEW_OR_REWRITTEN = any(
  "request.operation == 'CREATE'",
  all(namesHandedOver(OLD_REF), `!has(${OLD_REF}.namespace)`, `${OLD_REF}.name == ${REWRITTEN}`),
);

/** The policy that makes a cross-namespace reference a local one. It writes the intent down first, so that the guard can compare. */
export function rewrite(namespaces: readonly string[]): AdmissionPolicy {
  const local = `{'apiGroup': ${text(SNAPSHOT_GROUP)}, 'kind': ${text(SNAPSHOT_KIND)}, 'name': ${text(HANDED_OVER)} + ${REF}.namespace + '.' + ${REF}.name}`;
  return {
    suffix: 'rewrite',
    kind: 'MutatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      // A claim that is applied again still has the reference in its manifest.
      matchConstraints: matching('', ['persistentvolumeclaims'], ['CREATE', 'UPDATE']),
      matchConditions: [
        { name: 'names-a-source-namespace', expression: isRewritten(namespaces) },
        { name: 'is-new-or-was-rewritten', expression: IS_NEW_OR_REWRITTEN },
      ],
      mutations: [
        applyConfiguration(`${ANNOTATED} ? Object{} : ${RECORD}`),
        {
          patchType: 'JSONPatch',
          jsonPatch: {
            expression: `[JSONPatch{op: 'add', path: '/spec/dataSource', value: ${local}}, JSONPatch{op: 'replace', path: '/spec/dataSourceRef', value: ${local}}]`,
          },
        },
      ],
    },
  };
}
