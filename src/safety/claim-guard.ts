import { INTENT_ANNOTATION } from '../reference/intent';
import { GRANTED_BY_ANNOTATION, SOURCE_UID_ANNOTATION } from '../reference/pre-provisioned';
import { type AdmissionPolicy, matching, type Validation } from './admission-policy';
import { all, annotated, any, entryOf, list } from './cel';
import { NAME, REF, USES_HANDED_OVER } from './claim-policies';
import { CONTENT_PARAM, everyHandedOver } from './content-policies';
import { CLASS, CROSSES, NAMED, NO_VOLUME, WANTED } from './guard-expressions';
import { behindHandedOver, handedOverName, POLICIES, SENT_VARIABLE, STAMPS, stampSent } from './handed-over';

const CLAIM = "'PersistentVolumeClaim ' + request.namespace + '/' + object.metadata.name + '";
const REST = `variables.rest`;

export const CLAIM_VARIABLES = [
  SENT_VARIABLE,
  { name: 'rest', expression: behindHandedOver(NAME) },
  { name: 'sourceNamespace', expression: `${REST}.indexOf('.') > 0 ? ${REST}.substring(0, ${REST}.indexOf('.')) : ''` },
  { name: 'sourceName', expression: `${REST}.indexOf('.') > 0 ? ${REST}.substring(${REST}.indexOf('.') + 1) : ''` },
  { name: 'wanted', expression: WANTED },
  { name: 'named', expression: NAMED },
];

const SOURCE_OF_CLAIM = `variables.sourceNamespace + '/' + variables.sourceName`;

export function claimValidations(sourceNamespaces: readonly string[]): Validation[] {
  return [
    {
      expression: `!${CROSSES}`,
      messageExpression: `${CLAIM} names the handed-over snapshot ' + ${REF}.name + ' of another namespace: a handed-over snapshot is for claims of its own namespace, and is not handed on; ask the owner of its source for a grant'`,
      reason: 'Forbidden',
    },
    {
      expression: "variables.wanted == '' || variables.wanted == variables.named",
      messageExpression: `${CLAIM} is to be filled from ' + variables.wanted + ' by its annotation ${INTENT_ANNOTATION}, but names ' + variables.named + ', handed over as ' + ${NAME} + ': correct the one that is wrong'`,
      reason: 'Invalid',
    },
    {
      expression: `${NO_VOLUME} && ${CLASS}`,
      messageExpression: `${CLAIM} is to be filled from VolumeSnapshot ' + ${SOURCE_OF_CLAIM} + ', but asks for a volume that exists already (spec.volumeName), or for none to be made (spec.storageClassName is empty): no provisioner would fill it. Leave out volumeName, and name the StorageClass. If a backup tool restores this claim with data of its own, let it leave out dataSource and dataSourceRef'`,
      reason: 'Invalid',
    },
    {
      expression: `!${stampSent('variables.sent', STAMPS)} && size(variables.sent) > 0`,
      messageExpression: `${CLAIM} has the annotation ${GRANTED_BY_ANNOTATION} or ${SOURCE_UID_ANNOTATION}, which only the cluster writes: leave it out. If a backup tool restores this claim, or it was exported from a cluster, take both annotations out of the copy'`,
      reason: 'Forbidden',
    },
    {
      // The list is asked again: the binding of a namespace that has left it may still be there.
      expression: all(
        `${entryOf('object', 'annotations', GRANTED_BY_ANNOTATION)}.startsWith(variables.sourceNamespace + '/')`,
        `variables.sourceNamespace in ${list(sourceNamespaces)}`,
      ),
      messageExpression: `'accessing ' + ${SOURCE_OF_CLAIM} + ' of VolumeSnapshot dataSource from ' + request.namespace + '/' + object.metadata.name + ' isn\\'t allowed: no ReferenceGrant in namespace ' + variables.sourceNamespace + ' lets claims of namespace ' + request.namespace + ' use this VolumeSnapshot, or the namespace is not among the sourceNamespaces of ${POLICIES}'`,
      reason: 'Forbidden',
    },
  ];
}

export function claimGuard(sourceNamespaces: readonly string[]): AdmissionPolicy {
  return {
    suffix: 'claim-guard',
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: matching('', ['persistentvolumeclaims'], ['CREATE']),
      matchConditions: [{ name: 'uses-a-handed-over-snapshot', expression: USES_HANDED_OVER }],
      variables: CLAIM_VARIABLES,
      validations: claimValidations(sourceNamespaces),
    },
  };
}

/** Another content than the claim's own, or one that was filled from the snapshot that the source is today. */
export const CONTENT_IS_CURRENT = any(
  `params.metadata.name != ${handedOverName('request.namespace', 'variables.rest')}`,
  all(
    annotated('object', SOURCE_UID_ANNOTATION),
    `${entryOf('object', 'annotations', SOURCE_UID_ANNOTATION)} == ${entryOf('params', 'annotations', SOURCE_UID_ANNOTATION)}`,
  ),
);

/**
 * A content keeps the handle that it was filled with. So an owner who deletes a snapshot of which the data stays, and takes another one under
 * its name, would give out the old data with the new grant.
 */
export function claimContent(): AdmissionPolicy {
  return {
    suffix: 'claim-content',
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      paramKind: CONTENT_PARAM,
      matchConstraints: matching('', ['persistentvolumeclaims'], ['CREATE']),
      matchConditions: [{ name: 'uses-a-handed-over-snapshot', expression: USES_HANDED_OVER }],
      variables: CLAIM_VARIABLES,
      validations: [
        {
          expression: CONTENT_IS_CURRENT,
          messageExpression: `${CLAIM} would be filled with old data: VolumeSnapshot ' + ${SOURCE_OF_CLAIM} + ' was deleted, or made anew, since it was handed over. Delete VolumeSnapshot ' + request.namespace + '/' + ${NAME} + ', then VolumeSnapshotContent ' + params.metadata.name + ', and apply both again'`,
          reason: 'Forbidden',
        },
      ],
    },
    bindings: [{ spec: { paramRef: everyHandedOver() } }],
  };
}
