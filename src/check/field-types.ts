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
/** Fields by their names. */
class Fields {
  public readonly names: readonly string[];
  public readonly types: readonly Expected[];
  constructor(fields: { readonly [field: string]: Expected }) {
    this.names = Object.keys(fields);
    this.types = Object.values(fields);
  }
}
/** A list of such. */
class Items {
  constructor(public readonly items: Expected) {}
}

const METADATA = new Fields({ name: 'string', namespace: 'string', labels: 'strings', annotations: 'strings' });
const REFERENCE = new Fields({ apiGroup: 'string', kind: 'string', namespace: 'string', name: 'string' });
const CLAIM_SPEC = new Fields({
  dataSource: REFERENCE,
  dataSourceRef: REFERENCE,
  storageClassName: 'string',
  volumeMode: 'string',
  volumeName: 'string',
});
const CLAIM = new Fields({ metadata: METADATA, spec: CLAIM_SPEC });
const VOLUME = new Fields({
  name: 'string',
  persistentVolumeClaim: new Fields({ claimName: 'string' }),
  ephemeral: new Fields({ volumeClaimTemplate: CLAIM }),
});
const POD = new Fields({ volumes: new Items(VOLUME) });

/** An object of any kind. */
const ANY = new Fields({ metadata: METADATA });

/** What is expected of objects of some kinds, besides. Absent fields are none of its business. */
const KINDS: ReadonlyMap<string, Fields> = new Map([
  ['PersistentVolumeClaim', new Fields({ spec: CLAIM_SPEC })],
  [
    'ReferenceGrant',
    new Fields({
      spec: new Fields({
        from: new Items(new Fields({ group: 'string', kind: 'string', namespace: 'string' })),
        to: new Items(new Fields({ group: 'string', kind: 'string', name: 'string' })),
      }),
    }),
  ],
  ['StatefulSet', new Fields({ spec: new Fields({ volumeClaimTemplates: new Items(CLAIM) }) })],
  ['StorageClass', new Fields({ provisioner: 'string', volumeBindingMode: 'string' })],
  [
    'VolumeSnapshot',
    new Fields({
      spec: new Fields({
        volumeSnapshotClassName: 'string',
        source: new Fields({ persistentVolumeClaimName: 'string', volumeSnapshotContentName: 'string' }),
      }),
    }),
  ],
  ['VolumeSnapshotClass', new Fields({ driver: 'string', deletionPolicy: 'string' })],
  [
    'VolumeSnapshotContent',
    new Fields({ spec: new Fields({ deletionPolicy: 'string', volumeSnapshotRef: new Fields({ namespace: 'string', name: 'string' }) }) }),
  ],
]);

/** Every deciding field of a set that has a wrong type, or is a template that nobody has rendered. */
export function* wrongTypes(set: ObjectSet): Generator<WrongType> {
  for (const object of set.objects) {
    const { manifest } = object;
    if (!fits(manifest, ANY)) yield* misfits(object, manifest, ANY, '');
    const expected = KINDS.get(object.kind);
    if (expected && !fits(manifest, expected)) yield* misfits(object, manifest, expected, '');
  }
  for (const { object, spec } of set.pods) {
    if (!fits(spec, POD)) yield* misfits(object, spec, POD, 'pod');
  }
}

/** Whether all is well, which is nearly always so: without a list of what is not, and in plain loops, because every object comes by. */
function fits(node: unknown, expected: Expected): boolean {
  if (node === undefined || node === null) return true;
  if (expected === 'string') return typeof node === 'string' && !node.includes(TEMPLATE);
  if (!isTree(node)) return false;
  if (expected instanceof Items) {
    if (!Array.isArray(node)) return false;
    for (const item of node) if (!fits(item, expected.items)) return false;
    return true;
  }
  if (Array.isArray(node)) return false;
  const fields = node as Readonly<Record<string, unknown>>;
  if (expected === 'strings') {
    for (const key of Object.keys(fields)) if (typeof fields[key] !== 'string') return false;
    return true;
  }
  const { names, types } = expected;
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (Object.hasOwn(fields, name) && !fits(fields[name], types[index]!)) return false;
  }
  return true;
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
  if (expected instanceof Items) {
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
      if (typeof value !== 'string') yield* misfits(object, value, 'string', `${path}['${key}']`);
    }
    return;
  }
  for (const [index, field] of expected.names.entries()) {
    yield* misfits(object, at(node, field), expected.types[index]!, path ? `${path}.${field}` : field);
  }
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
