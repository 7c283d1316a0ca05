import { INTENT_ANNOTATION } from '../reference/intent';
import { GRANTED_BY_ANNOTATION, HANDED_OVER, SOURCE_NAMESPACE_LABEL, SOURCE_UID_ANNOTATION } from '../reference/pre-provisioned';
import { SNAPSHOT_GROUP } from '../reference/reference';
import { type AdmissionPolicy, matching, type NamedExpression, type Validation } from './admission-policy';
import { all, any, list, mapOf, text } from './cel';
import { UNFILLED } from './content-policies';
import {
  GRANTED_BY,
  handedOverName,
  isHandedOver,
  LABELLED_NAMESPACE,
  nameInIntent,
  OUR_KEYS,
  POLICIES,
  SENT_VARIABLE,
  SOURCE_UID,
  STAMPS,
  stampSent,
  WANTED,
} from './handed-over';

/** Annotations by which the storage controllers are told what to do, secrets among them. */
const CONTROLLER_KEYS = 'snapshot.storage.kubernetes.io/';

const CREATED = "request.operation == 'CREATE'";
const UPDATED = "request.operation == 'UPDATE'";
const REF = 'object.spec.volumeSnapshotRef';
const OLD_REF = 'oldObject.spec.volumeSnapshotRef';

/** Nobody else makes contents; and nobody at all, a storage controller neither, makes one with a name of ours past these rules. */
export function isNoStorageController(userNames: readonly string[]): string {
  return any(`!(request.userInfo.username in ${list(userNames)})`, all(CREATED, isHandedOver('object.metadata.name')));
}

export const CONTENT_VARIABLES: readonly NamedExpression[] = [
  SENT_VARIABLE,
  { name: 'handedOver', expression: isHandedOver('object.metadata.name') },
  { name: 'annotations', expression: mapOf('object', 'annotations') },
  { name: 'oldAnnotations', expression: `${CREATED} ? {} : ${mapOf('oldObject', 'annotations')}` },
  { name: 'labels', expression: mapOf('object', 'labels') },
  { name: 'oldLabels', expression: `${CREATED} ? {} : ${mapOf('oldObject', 'labels')}` },
  { name: 'sourceNamespace', expression: LABELLED_NAMESPACE },
  { name: 'wanted', expression: WANTED },
  { name: 'sourceName', expression: nameInIntent('variables.wanted', 'variables.sourceNamespace') },
  { name: 'target', expression: `has(${REF}.namespace) ? ${REF}.namespace : ''` },
  { name: 'snapshot', expression: `has(${REF}.name) ? ${REF}.name : ''` },
  { name: 'stampSent', expression: stampSent('variables.sent', STAMPS) },
  {
    name: 'specSent',
    expression:
      "variables.sent.exists(f, 'f:spec' in f && ('f:sourceVolumeMode' in f['f:spec'] || 'f:source' in f['f:spec'] && ('f:snapshotHandle' in f['f:spec']['f:source'] || 'f:volumeHandle' in f['f:spec']['f:source'])))",
  },
];

/** Opens and closes a piece of a message's text. */
const CONTENT = "'VolumeSnapshotContent ' + object.metadata.name + '";

/** What keeps the same keys with the same values in both maps. */
function unchanged(now: string, before: string, prefix: string): string {
  const kept = (one: string, other: string) =>
    `${one}.all(k, !k.startsWith(${text(prefix)}) || (k in ${other} && ${other}[k] == ${one}[k]))`;
  return all(kept(now, before), kept(before, now));
}

const ANNOTATIONS = ['variables.annotations', 'variables.oldAnnotations'] as const;
const LABELS = ['variables.labels', 'variables.oldLabels'] as const;
const HANDLE = (object: string) => `(has(${object}.status) && has(${object}.status.snapshotHandle) ? ${object}.status.snapshotHandle : '')`;

/** The status says what a claim is filled from, and so it is guarded like the source. */
const STATUS: Validation = {
  expression: any(CREATED, `${HANDLE('object')} == ${HANDLE('oldObject')}`),
  messageExpression: `'status.snapshotHandle of VolumeSnapshotContent ' + object.metadata.name + ' is written by the storage controllers only, and ' + request.userInfo.username + ' is not among the storageControllers of ${POLICIES}'`,
  reason: 'Forbidden',
};

/** One that was made while this guard was missing, or not yet known to an API server, is never filled any more: its source is immutable. */
const DEAD: Validation = {
  expression: any(
    CREATED,
    'has(object.metadata.deletionTimestamp)',
    `oldObject.spec.driver != ${text(UNFILLED)} && (!has(oldObject.spec.source.snapshotHandle) || oldObject.spec.source.snapshotHandle != ${text(UNFILLED)})`,
  ),
  messageExpression: `${CONTENT} was made without being filled, and can never be: delete VolumeSnapshot ' + ${OLD_REF}.namespace + '/' + ${OLD_REF}.name + ', then this content; if it stays, take its finalizers away, which nobody else does; then apply both again'`,
  reason: 'Invalid',
};

const UPDATES: readonly Validation[] = [
  DEAD,
  STATUS,
  {
    expression: any(
      CREATED,
      all(
        `${REF}.namespace == ${OLD_REF}.namespace`,
        `${REF}.name == ${OLD_REF}.name`,
        `!has(${OLD_REF}.uid) || (has(${REF}.uid) && ${REF}.uid == ${OLD_REF}.uid)`,
        'object.spec.driver == oldObject.spec.driver',
      ),
    ),
    messageExpression: `${CONTENT} belongs to ' + ${OLD_REF}.namespace + '/' + ${OLD_REF}.name + ': its volumeSnapshotRef and its driver never change'`,
    reason: 'Forbidden',
  },
  {
    expression: any(
      CREATED,
      '!variables.handedOver',
      all(
        unchanged(...ANNOTATIONS, OUR_KEYS),
        unchanged(...ANNOTATIONS, CONTROLLER_KEYS),
        unchanged(...LABELS, OUR_KEYS),
        'has(object.spec.sourceVolumeMode) == has(oldObject.spec.sourceVolumeMode)',
      ),
    ),
    messageExpression: `${CONTENT} hands a snapshot over: its sourceVolumeMode and its labels and annotations of ${OUR_KEYS} and ${CONTROLLER_KEYS} never change'`,
    reason: 'Forbidden',
  },
  {
    expression: any('!variables.handedOver', "object.spec.deletionPolicy == 'Retain'"),
    messageExpression: `${CONTENT} has the deletionPolicy ' + object.spec.deletionPolicy + ', but must have Retain: the snapshot belongs to the source, and would be destroyed with the copy'`,
    reason: 'Forbidden',
  },
];

/** In the order in which their author can do something about them; whether a source exists is told only to whom it is granted. */
export function contentValidations(sourceNamespaces: readonly string[]): Validation[] {
  const source = "' + variables.sourceNamespace + '/' + variables.sourceName + '";
  const handOver = `${HANDED_OVER}<target namespace>.<source namespace>.<snapshot>`;
  const creations: Validation[] = [
    {
      expression: 'variables.handedOver',
      messageExpression: `${CONTENT} is made by ' + request.userInfo.username + ', who is no storage controller and may only make contents that hand a snapshot over, named ${handOver}. If this is a snapshot controller, a csi-snapshotter or a backup tool, add it to the storageControllers of ${POLICIES}'`,
      reason: 'Forbidden',
    },
    {
      expression: all(
        "variables.sourceNamespace != '' && variables.sourceName != ''",
        `variables.snapshot == ${handedOverName('variables.sourceNamespace', 'variables.sourceName')}`,
        `object.metadata.name == ${handedOverName('variables.target', 'variables.sourceNamespace', 'variables.sourceName')}`,
      ),
      messageExpression: `${CONTENT} does not say one source everywhere: its annotation ${INTENT_ANNOTATION} is \\'' + variables.wanted + '\\', its label ${SOURCE_NAMESPACE_LABEL} \\'' + variables.sourceNamespace + '\\', its volumeSnapshotRef ' + variables.target + '/' + variables.snapshot + ', and its name has to be ${handOver}'`,
      reason: 'Invalid',
    },
    {
      expression: `variables.sourceNamespace in ${list(sourceNamespaces)}`,
      messageExpression: `${CONTENT} is to be filled from VolumeSnapshot ${source}, but namespace ' + variables.sourceNamespace + ' is not among the sourceNamespaces of ${POLICIES}: the platform team has to add it'`,
      reason: 'Forbidden',
    },
    {
      expression: `!${isHandedOver('variables.sourceName')}`,
      messageExpression: `'VolumeSnapshot ${source} is itself handed over, and is not handed on: ask the owner of its source for a grant'`,
      reason: 'Forbidden',
    },
    {
      expression: '!variables.specSent && size(variables.sent) > 0',
      messageExpression: `${CONTENT} says itself what it is filled from, but that is written by the cluster: write "source: {}" and leave out sourceVolumeMode'`,
      reason: 'Forbidden',
    },
    {
      // A content that is bound beforehand would be bound to nothing, for ever.
      expression: `!has(${REF}.uid) && !has(object.spec.volumeSnapshotClassName)`,
      messageExpression: `${CONTENT} says itself which VolumeSnapshot or class it belongs to: leave out volumeSnapshotRef.uid and volumeSnapshotClassName'`,
      reason: 'Forbidden',
    },
    {
      expression: '!variables.stampSent',
      messageExpression: `${CONTENT} has the annotation ${GRANTED_BY_ANNOTATION} or ${SOURCE_UID_ANNOTATION}, which only the cluster writes: leave it out'`,
      reason: 'Forbidden',
    },
    {
      expression: `!variables.annotations.exists(k, k.startsWith(${text(CONTROLLER_KEYS)}))`,
      messageExpression: `${CONTENT} has an annotation of ${CONTROLLER_KEYS}, which only storage controllers write: leave it out'`,
      reason: 'Forbidden',
    },
    {
      expression: `${GRANTED_BY} in variables.annotations`,
      messageExpression: `'accessing ${source} of VolumeSnapshot dataSource from ' + variables.target + '/' + variables.snapshot + ' isn\\'t allowed: no ReferenceGrant in namespace ' + variables.sourceNamespace + ' lets claims of namespace ' + variables.target + ' use this VolumeSnapshot (claims are made later; ' + variables.snapshot + ' is the snapshot that they would name)'`,
      reason: 'Forbidden',
    },
    {
      expression: all(
        `${SOURCE_UID} in variables.annotations`,
        `has(object.spec.source.snapshotHandle) && object.spec.source.snapshotHandle != ${text(UNFILLED)}`,
        `object.spec.driver != ${text(UNFILLED)}`,
      ),
      messageExpression: `'VolumeSnapshot ${source} does not exist, is being deleted, or is not ready to use, so that VolumeSnapshotContent ' + object.metadata.name + ' cannot be filled: apply it again when the VolumeSnapshot is ready'`,
      reason: 'Forbidden',
    },
  ];
  return [...creations.map((each) => ({ ...each, expression: any(UPDATED, each.expression) })), ...UPDATES];
}

export function contentGuard(storageControllers: readonly string[], sourceNamespaces: readonly string[]): AdmissionPolicy {
  return {
    suffix: 'guard',
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: matching(SNAPSHOT_GROUP, ['volumesnapshotcontents', 'volumesnapshotcontents/status'], ['CREATE', 'UPDATE']),
      matchConditions: [{ name: 'is-no-storage-controller', expression: isNoStorageController(storageControllers) }],
      variables: CONTENT_VARIABLES,
      validations: contentValidations(sourceNamespaces),
    },
  };
}

const GROUP_SNAPSHOT_GROUP = 'groupsnapshot.storage.k8s.io';

/** Out of the handles of a group the snapshot controller makes contents, in its own name. */
export function groupGuard(storageControllers: readonly string[]): AdmissionPolicy {
  return {
    suffix: 'group-guard',
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: matching(
        GROUP_SNAPSHOT_GROUP,
        ['volumegroupsnapshotcontents', 'volumegroupsnapshotcontents/status'],
        ['CREATE', 'UPDATE'],
      ),
      // People may change the deletionPolicy of a group, as they may that of a content; its source never changes.
      matchConditions: [{ name: 'makes-one-or-writes-its-status', expression: any(CREATED, "request.subResource == 'status'") }],
      validations: [
        {
          expression: `request.userInfo.username in ${list(storageControllers)}`,
          messageExpression: `'VolumeGroupSnapshotContent ' + object.metadata.name + ' is written by ' + request.userInfo.username + ', who is not among the storageControllers of ${POLICIES}'`,
          reason: 'Forbidden',
        },
      ],
    },
  };
}
