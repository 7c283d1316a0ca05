import { INTENT_ANNOTATION } from '../reference/intent';
import { SNAPSHOT_GROUP } from '../reference/reference';
import { type AdmissionPolicy, everyParam, matching } from './admission-policy';
import { all, any, entryOf } from './cel';
import { CONTENT_PARAM } from './content-policies';
import { behindHandedOver, handedOverName, intent, isHandedOver } from './handed-over';

const CONTENT = handedOverName('request.namespace', behindHandedOver('object.metadata.name'));

/** The claim's guard reads the source from the name of the snapshot: nothing else may be behind such a name. */
export const IS_BOUND_TO_ITS_CONTENT = all(
  'has(object.spec.source.volumeSnapshotContentName)',
  `object.spec.source.volumeSnapshotContentName == ${CONTENT}`,
);

export function reservedNames(): AdmissionPolicy {
  return {
    suffix: 'reserved-names',
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: matching(SNAPSHOT_GROUP, ['volumesnapshots'], ['CREATE', 'UPDATE']),
      matchConditions: [{ name: 'is-named-like-one-handed-over', expression: isHandedOver('object.metadata.name') }],
      validations: [
        {
          expression: IS_BOUND_TO_ITS_CONTENT,
          messageExpression: `'VolumeSnapshot ' + request.namespace + '/' + object.metadata.name + ' is named like a handed-over snapshot, but is not taken from VolumeSnapshotContent ' + ${CONTENT} + ': give it another name'`,
          reason: 'Forbidden',
        },
      ],
    },
  };
}

/** Nothing that hands the snapshot over is left, or what is left is going. All contents are asked, and each has a veto. */
export const NOT_HANDED_OVER = any(
  `!${isHandedOver('params.metadata.name')}`,
  'has(params.metadata.deletionTimestamp)',
  `${entryOf('params', 'annotations', INTENT_ANNOTATION)} != ${intent('oldObject.metadata.namespace', 'oldObject.metadata.name')}`,
);

export function keptSources(): AdmissionPolicy {
  return {
    suffix: 'kept-sources',
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      paramKind: CONTENT_PARAM,
      matchConstraints: matching(SNAPSHOT_GROUP, ['volumesnapshots'], ['DELETE']),
      validations: [
        {
          expression: NOT_HANDED_OVER,
          messageExpression:
            "'VolumeSnapshot ' + oldObject.metadata.namespace + '/' + oldObject.metadata.name + ' is handed over to namespace ' + params.spec.volumeSnapshotRef.namespace + ' by VolumeSnapshotContent ' + params.metadata.name + ': delete VolumeSnapshot ' + params.spec.volumeSnapshotRef.namespace + '/' + params.spec.volumeSnapshotRef.name + ' and that content first'",
          reason: 'Forbidden',
        },
      ],
    },
    bindings: [{ spec: { paramRef: everyParam() } }],
  };
}
