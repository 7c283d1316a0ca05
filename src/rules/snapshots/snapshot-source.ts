import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { isHidden } from '../field-names';
import { at } from '../fields';
import { SNAPSHOT, SNAPSHOT_SOURCE, SNAPSHOT_SPEC } from '../known-fields';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { shown } from '../shown';

const CLAIM = 'persistentVolumeClaimName';
const CONTENT = 'volumeSnapshotContentName';

export const snapshotSource: Rule = {
  id: 'snapshot-source',
  severity: 'error',
  sentence: 'A VolumeSnapshot names exactly one source: a claim of its own namespace, or a VolumeSnapshotContent.',
  why: 'The API server rejects a snapshot with both or none: `exactly one of volumeSnapshotContentName and persistentVolumeClaimName must be set`.',
  remediation: `Keep spec.source.${CLAIM} to take a new snapshot, or spec.source.${CONTENT} to use one that exists.`,
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#volumesnapshots',

  judge(set, say) {
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const source = at(object.manifest, 'spec', 'source');
      const message = faultOf(object, at(source, CLAIM), at(source, CONTENT));
      say(object, message === undefined ? undefined : { message, node: source ?? at(object.manifest, 'spec') });
    }
  },
};

function faultOf(object: SetObject, claim: unknown, content: unknown): string | undefined {
  if (typeof claim === 'string' && claim !== '' && (content === undefined || content === null)) return undefined;
  const what = titleOf(object);
  const written = [claim, content].filter((name) => name !== undefined && name !== null);
  if (written.length === 0) {
    if (isSourceHidden(object.manifest)) return undefined;
    return `source of ${what} names nothing, but must have one of ${CLAIM} and ${CONTENT}`;
  }
  if (written.length === 2) {
    return `source of ${what} has ${CLAIM} ${shown(claim)} and ${CONTENT} ${shown(content)}, but must have only one of them`;
  }
  const [name] = written;
  if (typeof name === 'string' && name !== '') return undefined;
  return `${name === claim ? CLAIM : CONTENT} of ${what} is ${shown(name)}, but must be a name`;
}

/** Another rule says so. */
function isSourceHidden(manifest: unknown): boolean {
  const spec = at(manifest, 'spec');
  const source = at(spec, 'source');
  return (
    isHidden(manifest, SNAPSHOT, 'spec') ||
    isHidden(spec, SNAPSHOT_SPEC, 'source') ||
    [CLAIM, CONTENT].some((field) => isHidden(source, SNAPSHOT_SOURCE, field))
  );
}
