import { at } from '../rules/fields';
import type { ObjectSet } from '../rules/object-set';
import type { SetObject } from '../rules/set-object';
import { RENDER_FIRST, TEMPLATE } from './template';

/** A field that decides, and is not what it must be. Rules read it as absent, so without this they could call an object clean that is not. */
export interface WrongType {
  readonly object: SetObject;
  readonly node: unknown;
  readonly message: string;
}

type Expected = 'string' | 'strings' | Fields | Items;
type Fields = { readonly [field: string]: Expected };
interface Items {
  readonly items: Expected;
}

const METADATA: Fields = { name: 'string', namespace: 'string', labels: 'strings', annotations: 'strings' };
const REFERENCE: Fields = { apiGroup: 'string', kind: 'string', namespace: 'string', name: 'string' };
const CLAIM: Fields = {
  metadata: METADATA,
  spec: { dataSource: REFERENCE, dataSourceRef: REFERENCE, storageClassName: 'string', volumeMode: 'string', volumeName: 'string' },
};
const POD: Fields = {
  volumes: { items: { name: 'string', persistentVolumeClaim: { claimName: 'string' }, ephemeral: { volumeClaimTemplate: CLAIM } } },
};

/** What is expected of objects of some kinds, besides their metadata. Absent fields are none of its business. */
const KINDS: { readonly [kind: string]: Fields } = {
  PersistentVolumeClaim: CLAIM,
  ReferenceGrant: {
    spec: {
      from: { items: { group: 'string', kind: 'string', namespace: 'string' } },
      to: { items: { group: 'string', kind: 'string', name: 'string' } },
    },
  },
  StatefulSet: { spec: { volumeClaimTemplates: { items: CLAIM } } },
  StorageClass: { provisioner: 'string', volumeBindingMode: 'string' },
  VolumeSnapshot: {
    spec: { volumeSnapshotClassName: 'string', source: { persistentVolumeClaimName: 'string', volumeSnapshotContentName: 'string' } },
  },
  VolumeSnapshotClass: { driver: 'string', deletionPolicy: 'string' },
  VolumeSnapshotContent: { spec: { deletionPolicy: 'string', volumeSnapshotRef: { namespace: 'string', name: 'string' } } },
};

/** Every deciding field of a set that has a wrong type, or is a template that nobody has rendered. */
export function* wrongTypes(set: ObjectSet): Generator<WrongType> {
  for (const object of set.objects) {
    yield* misfits(object, object.manifest, { metadata: METADATA }, '');
    const expected = Object.hasOwn(KINDS, object.kind) ? KINDS[object.kind] : undefined;
    if (expected) yield* misfits(object, object.manifest, expected, '');
  }
  for (const { object, spec } of set.pods) yield* misfits(object, spec, POD, 'pod');
}

function* misfits(object: SetObject, node: unknown, expected: Expected, path: string): Generator<WrongType> {
  // The API server takes null for an absent field.
  if (node === undefined || node === null) return;
  const wrong = (must: string): WrongType => ({
    object,
    node: object.manifest,
    message: `${subject(object, path)} is ${shown(node)}, but must be ${must}`,
  });
  if (expected === 'string') {
    if (typeof node !== 'string') yield wrong(isTree(node) ? 'a string' : 'a string; put it into quotes');
    else if (node.includes(TEMPLATE))
      yield { ...wrong(''), message: `${subject(object, path)} is ${shown(node)}, a template; ${RENDER_FIRST}` };
    return;
  }
  if (isItems(expected)) {
    if (!Array.isArray(node)) yield wrong('a list');
    else for (const [index, item] of node.entries()) yield* misfits(object, item, expected.items, `${path}[${index}]`);
    return;
  }
  if (!isTree(node) || Array.isArray(node)) {
    yield wrong('a mapping');
    return;
  }
  if (expected === 'strings') {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value !== 'string' && value !== null) yield* misfits(object, value, 'string', `${path}['${key}']`);
    }
    return;
  }
  for (const [field, inner] of Object.entries(expected)) yield* misfits(object, at(node, field), inner, path ? `${path}.${field}` : field);
}

function isItems(expected: Fields | Items | 'strings'): expected is Items {
  return typeof expected === 'object' && 'items' in expected;
}

function isTree(node: unknown): node is object {
  return node !== null && typeof node === 'object';
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isTree(value)) return 'a mapping';
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function subject({ kind, namespace, name }: SetObject, path: string): string {
  const place = [namespace, name].filter((part) => part).join('/');
  return `${path || 'the manifest'} of ${place ? `${kind} ${place}` : kind}`;
}
