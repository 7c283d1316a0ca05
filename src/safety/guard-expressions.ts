import { INTENT_ANNOTATION } from '../reference/intent';
import { behindHandedOver, intent, namesHandedOver } from './handed-over';

/*
 * The conditions of the guard, in CEL as the API server evaluates it.
 * https://kubernetes.io/docs/reference/using-api/cel/
 */

const KEY = `'${INTENT_ANNOTATION}'`;
const REF = 'object.spec.dataSourceRef';

/** The claim says what it expects. */
export const ANNOTATED = `(has(object.metadata.annotations) && ${KEY} in object.metadata.annotations)`;

/** The claim's reference names a namespace. An API server whose gate is off drops it, the claim's own namespace included. */
export const CROSSES = `(has(${REF}) && has(${REF}.namespace) && ${REF}.namespace != '')`;

/** Absent, empty, or, as the API server itself writes it, null: the core group. Typed as dynamic, because a string has no null. */
const GROUPED = `has(${REF}.apiGroup) && dyn(${REF}.apiGroup) != null && ${REF}.apiGroup != ''`;

/** The source that the reference names, written as an intent is. */
const SOURCE = `${REF}.kind + (${GROUPED} ? '.' + ${REF}.apiGroup : '') + '/' + ${REF}.namespace + '/' + ${REF}.name`;

/** The local snapshot that the claim is filled from; the API server fills in dataSource before a guard is asked. */
const LOCAL = 'object.spec.dataSource';
const REST = behindHandedOver(`${LOCAL}.name`);
const DOT = `${REST}.indexOf('.')`;

/** A local snapshot that was handed over: its name says of which source. */
const HANDED_OVER_HERE = `(${namesHandedOver(LOCAL)} && ${DOT} > 0)`;
const HANDED_OVER_SOURCE = intent(`${REST}.substring(0, ${DOT})`, `${REST}.substring(${DOT} + 1)`);

/** Nothing is bound to the claim by hand. */
export const NO_VOLUME = "(!has(object.spec.volumeName) || object.spec.volumeName == '')";

/** Absent is the cluster's default class, which a server fills in; empty is no class at all. */
export const CLASS = "(!has(object.spec.storageClassName) || object.spec.storageClassName != '')";

/** What the claim says that it expects; empty where it says nothing. */
export const WANTED = `${ANNOTATED} ? object.metadata.annotations[${KEY}] : ''`;

/** What the claim would really be filled from; empty where the reference is gone. */
export const NAMED = `${CROSSES} ? ${SOURCE} : ${HANDED_OVER_HERE} ? ${HANDED_OVER_SOURCE} : ''`;

/** The annotation, written by the API server. */
export const RECORD = `Object{metadata: Object.metadata{annotations: {${KEY}: ${SOURCE}}}}`;

/** Opens the message; what follows is the rest of a CEL string. */
const CLAIM = "'PersistentVolumeClaim ' + request.namespace + '/' + object.metadata.name + '";

interface Validation {
  readonly expression: string;
  readonly messageExpression: string;
  readonly reason: string;
}

/** What has to hold for a claim, and what its author is told if it does not. */
export function validations(refuseUnannotated: boolean): Validation[] {
  const unannotated: Validation = {
    expression: ANNOTATED,
    messageExpression: `${CLAIM} names the data source ' + variables.named + ' in another namespace without the annotation ${INTENT_ANNOTATION}, so nothing could notice if the reference were dropped: add the annotation with the value ' + variables.named`,
    reason: 'Invalid',
  };
  return [
    ...(refuseUnannotated ? [unannotated] : []),
    {
      expression: `!${ANNOTATED} || variables.named != ''`,
      messageExpression: `${CLAIM} is to be filled from ' + variables.wanted + ', but names no data source in another namespace, and its volume would be EMPTY. If its manifest has one, the API server dropped it: enable the feature gate CrossNamespaceVolumeDataSource in kube-apiserver and in csi-provisioner, or, without the gate, share the snapshot with SnapshotAccess.PRE_PROVISIONED_SNAPSHOT. If a backup tool restores this claim with data of its own, let it leave out the annotation ${INTENT_ANNOTATION}'`,
      reason: 'Invalid',
    },
    {
      expression: `!${ANNOTATED} || variables.named == '' || variables.named == variables.wanted`,
      messageExpression: `${CLAIM} is to be filled from ' + variables.wanted + ' by its annotation ${INTENT_ANNOTATION}, but names ' + variables.named + ': correct the one that is wrong'`,
      reason: 'Invalid',
    },
    {
      expression: `!${ANNOTATED} || (${NO_VOLUME} && ${CLASS})`,
      messageExpression: `${CLAIM} is to be filled from ' + variables.wanted + ', but asks for a volume that exists already (spec.volumeName), or for none to be made (spec.storageClassName is empty): no provisioner would fill it. Leave out volumeName, and name the StorageClass. If a backup tool restores this claim with data of its own, let it leave out the annotation ${INTENT_ANNOTATION}'`,
      reason: 'Invalid',
    },
  ];
}
