import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isMisspelled, isSpelled, misspellings, Place } from '../../src/rules/field-names';
import {
  CLAIM,
  CLAIM_RESOURCES,
  CLAIM_SPEC,
  CONTENT,
  CONTENT_SPEC,
  GRANT,
  GRANT_FROM,
  GRANT_SPEC,
  GRANT_TO,
  METADATA,
  SNAPSHOT,
  SNAPSHOT_SOURCE,
  SNAPSHOT_SPEC,
  SOURCE,
} from '../../src/rules/known-fields';

/** Every place that is reached from an object. */
function placesIn(place: Place): Place[] {
  return [place, ...place.names.flatMap((name) => place.within(name) ?? []).flatMap(placesIn)];
}
const PLACES = [...new Set([CLAIM, GRANT, SNAPSHOT, CONTENT].flatMap(placesIn))];
const FIELDS = PLACES.flatMap((place) => place.names.map((name) => ({ place, name })));

const place = fc.constantFrom(...PLACES);
const field = fc.constantFrom(...FIELDS);
const identifier = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,25}$/);

/** How many letters two words are apart, counted in the most simple way. */
function apart(a: string, b: string): number {
  const rows = [[...`${b}.`].map((_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i]!.push(Math.min(change, rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1));
    }
  }
  return rows[a.length]![b.length]!;
}

/** The fields of an interface that was generated from a schema. */
function fieldsOf(file: string, name: string): string[] {
  const [, body] = new RegExp(`export interface ${name} \\{(.*?)\\n\\}`, 's').exec(readFileSync(join(__dirname, '../..', file), 'utf8'))!;
  return [...body!.matchAll(/^ +readonly (\w+)\??:/gm)].map(([, field]) => field!);
}
const SNAPSHOTS = 'imports/snapshot.storage.k8s.io.ts';
const GRANTS = 'imports/gateway.networking.k8s.io.ts';
/** Of Kubernetes 1.27, which has taken no field away since. */
const CORE = 'node_modules/cdk8s-plus-27/lib/imports/k8s.d.ts';

test.each([
  [SNAPSHOTS, 'VolumeSnapshotSpec', SNAPSHOT_SPEC],
  [SNAPSHOTS, 'VolumeSnapshotSpecSource', SNAPSHOT_SOURCE],
  [SNAPSHOTS, 'VolumeSnapshotContentSpec', CONTENT_SPEC],
  [SNAPSHOTS, 'VolumeSnapshotContentSpecSource', CONTENT_SPEC.within('source')!],
  [SNAPSHOTS, 'VolumeSnapshotContentSpecVolumeSnapshotRef', CONTENT_SPEC.within('volumeSnapshotRef')!],
  [GRANTS, 'ReferenceGrantV1Beta1Spec', GRANT_SPEC],
  [GRANTS, 'ReferenceGrantV1Beta1SpecFrom', GRANT_FROM],
  [GRANTS, 'ReferenceGrantV1Beta1SpecTo', GRANT_TO],
])('in %s, %s has the known fields and no other', (file, name, place) => {
  expect(fieldsOf(file, name).sort()).toEqual([...place.names].sort());
});

test.each([
  ['PersistentVolumeClaimSpec', CLAIM_SPEC],
  ['TypedObjectReference', SOURCE],
  ['ObjectReference', CONTENT_SPEC.within('volumeSnapshotRef')!],
  ['ObjectMeta', METADATA],
])('every field that %s has had for long is known', (name, place) => {
  const fields = fieldsOf(CORE, name);
  expect(fields.length).toBeGreaterThan(3);
  expect(fields.filter((field) => !place.names.includes(field))).toEqual([]);
});

describe('a known field', () => {
  test('is none that is misspelled', () => {
    for (const { place, name } of FIELDS) expect(place.meantBy(name)).toBeUndefined();
  });

  test('is found with any of its letters in the other case', () => {
    fc.assert(
      fc.property(field, fc.nat(), ({ place, name }, nat) => {
        const at = nat % name.length;
        const letter = name[at]!;
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        expect(place.meantBy(name.slice(0, at) + other + name.slice(at + 1))).toBe(name);
      }),
    );
  });

  test.each([
    ['_', (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)],
    ['-', (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)],
  ])('is found with %s between its words', (_, written) => {
    for (const { place, name } of FIELDS.filter(({ name }) => /[A-Z]/.test(name))) expect(place.meantBy(written(name))).toBe(name);
  });

  test('is found with two letters in the wrong order, but for names that are too short', () => {
    for (const { place, name } of FIELDS.filter(({ name }) => name.length > 3)) {
      for (let at = 1; at < name.length; at++) {
        const swapped = name.slice(0, at - 1) + name[at] + name[at - 1] + name.slice(at + 1);
        if (swapped !== name) expect(place.meantBy(swapped)).toBe(name);
      }
    }
    expect(METADATA.meantBy('udi')).toBeUndefined();
    expect(GRANT_SPEC.meantBy('ot')).toBeUndefined();
  });

  test('is found with one letter too many or too few, if it has four', () => {
    for (const [place, written, name] of [
      [GRANT_TO, 'names', 'name'],
      [GRANT_TO, 'nam', 'name'],
      [SOURCE, 'kinds', 'kind'],
      [SOURCE, 'knd', 'kind'],
      [CLAIM, 'specs', 'spec'],
      [GRANT_SPEC, 'fro', 'from'],
    ] as const) {
      expect(place.meantBy(written)).toBe(name);
    }
  });

  test('is found with one letter left out, doubled or changed, if it has more than four', () => {
    fc.assert(
      fc.property(field, fc.nat(), fc.constantFrom('', 'x', 'twice'), ({ place, name }, nat, change) => {
        fc.pre(name.length > 4);
        const at = nat % name.length;
        const written = name.slice(0, at) + (change === 'twice' ? name[at]!.repeat(2) : change) + name.slice(at + 1);
        expect(place.meantBy(written)).toBe(place.names.includes(written) ? undefined : name);
      }),
    );
  });

  test('is found with two letters left out, if it has ten or more', () => {
    for (const { place, name } of FIELDS.filter(({ name }) => name.length >= 10)) expect(place.meantBy(name.slice(2))).toBe(name);
    expect(SOURCE.meantBy('mespace')).toBeUndefined();
  });
});

describe('a name is not reported', () => {
  test('if it is far from all that are known', () => {
    fc.assert(
      fc.property(place, identifier, (place, name) => {
        const plain = name.toLowerCase();
        fc.pre(place.names.every((known) => apart(plain, known.toLowerCase()) > 2));
        fc.pre(!['group', 'apiversion', 'claimname', 'pvcname', 'source', 'sourceref'].includes(plain));
        expect(place.meantBy(name)).toBeUndefined();
      }),
    );
  });

  test.each([
    [SOURCE, ['game', 'mind', 'apiGroupKind', 'uid']],
    [GRANT_TO, ['selector', 'labels']],
    [GRANT_FROM, ['namespaceSelector', 'subject', 'serviceAccount']],
    [GRANT_SPEC, ['forms', 'front', 'too', 'for', 'rules']],
    [CLAIM_SPEC, ['volume', 'storage', 'sources', 'class', 'mode', 'data', 'volumes', 'resourceClaims', 'volumeSelector']],
    [CLAIM_RESOURCES, ['claims']],
    [SNAPSHOT_SPEC, ['volumeGroupSnapshotName', 'driver', 'deletionPolicy', 'parameters']],
    [SNAPSHOT_SOURCE, ['name', 'kind', 'selector', 'volumeGroupSnapshotContentName']],
    [CONTENT_SPEC, ['volumeName', 'snapshotHandle', 'sourceVolume', 'parameters']],
    [METADATA, ['clusterName', 'initializers', 'title', 'id', 'owner']],
  ])('if it may be a field of a later version', (place, names) => {
    for (const name of names) expect(`${name}: ${place.meantBy(name)}`).toBe(`${name}: undefined`);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '', '-', '_', 'x'.repeat(1e6), '\u0000'])(
    'if it is %#, whatever it means elsewhere',
    (name) => {
      for (const place of PLACES) expect(place.meantBy(name)).toBeUndefined();
    },
  );
});

test.each([
  [CLAIM, 'Status', 'status'],
  [CLAIM, 'Kind', 'kind'],
  [CLAIM, 'apiVersions', 'apiVersion'],
  [CLAIM_SPEC, 'storageClass', 'storageClassName'],
  [CLAIM_SPEC, 'StorageClass', 'storageClassName'],
  [CLAIM_SPEC, 'storage_class', 'storageClassName'],
  [CLAIM_SPEC, 'volumeAttributesClass', 'volumeAttributesClassName'],
  [CLAIM_SPEC, 'dataSourceReference', 'dataSourceRef'],
  [CLAIM_SPEC, 'dataSourceRefs', 'dataSourceRef'],
  [CLAIM_SPEC, 'source', 'dataSourceRef'],
  [CLAIM_SPEC, 'sourceRef', 'dataSourceRef'],
  [CLAIM_SPEC, 'source_ref', 'dataSourceRef'],
  [CLAIM_SPEC, 'sourceReference', 'dataSourceRef'],
  [CLAIM_SPEC, 'dataSources', 'dataSource'],
  [CLAIM_SPEC, 'datasourceRf', 'dataSourceRef'],
  [CLAIM_SPEC, 'volumeNode', 'volumeMode'],
  [SOURCE, 'group', 'apiGroup'],
  [SOURCE, 'apiVersion', 'apiGroup'],
  [GRANT_SPEC, 'froms', 'from'],
  [GRANT_SPEC, 'tos', 'to'],
  [GRANT_FROM, 'apiGroup', 'group'],
  [GRANT_TO, 'apiVersion', 'group'],
  [SNAPSHOT_SPEC, 'volumeSnapshotClass', 'volumeSnapshotClassName'],
  [SNAPSHOT_SPEC, 'snapshotClassName', 'volumeSnapshotClassName'],
  [SNAPSHOT_SPEC, 'snapshotClass', 'volumeSnapshotClassName'],
  [SNAPSHOT_SOURCE, 'persistentVolumeClaim', 'persistentVolumeClaimName'],
  [SNAPSHOT_SOURCE, 'claimName', 'persistentVolumeClaimName'],
  [SNAPSHOT_SOURCE, 'pvcName', 'persistentVolumeClaimName'],
  [SNAPSHOT_SOURCE, 'volumeSnapshotContent', 'volumeSnapshotContentName'],
  [SNAPSHOT_SOURCE, 'snapshotContentName', 'volumeSnapshotContentName'],
  [CONTENT_SPEC, 'volumeSnapshotClass', 'volumeSnapshotClassName'],
  [CONTENT_SPEC, 'volumeSnapshot', 'volumeSnapshotRef'],
  [CONTENT_SPEC, 'snapshotRef', 'volumeSnapshotRef'],
])('%#: %s means %s', (place, written, meant) => {
  expect(place.meantBy(written)).toBe(meant);
});

describe('a map', () => {
  const found = (node: unknown, place: Place) => [...misspellings(node, place)].map(({ path, meant }) => `${path} ${meant}`);

  test('is spelled if and only if nothing in it is misspelled, whatever it holds', () => {
    const name = fc.oneof(
      fc.constantFrom(...FIELDS.map(({ name }) => name)),
      fc.constantFrom('nmae', 'dataSourceref', 'form', '__proto__'),
    );
    const node = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.anything({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(name, tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(place, node, (place, node) => {
        expect(isSpelled(node, place)).toBe(found(node, place).length === 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('with known fields alone is spelled', () => {
    const right = (place: Place): fc.Arbitrary<unknown> =>
      fc.record(
        Object.fromEntries(
          place.names.map((name) => {
            const within = place.within(name);
            if (!within) return [name, fc.anything({ maxDepth: 1 })];
            return [name, within.isItem ? fc.array(right(within), { maxLength: 2 }) : right(within)];
          }),
        ),
        { requiredKeys: [] },
      );
    fc.assert(
      fc.property(
        fc.oneof(...[CLAIM, GRANT, SNAPSHOT, CONTENT].map((place) => right(place).map((node) => ({ place, node })))),
        ({ place, node }) => {
          expect(found(node, place)).toEqual([]);
        },
      ),
    );
  });

  test('is looked through to its end, with the paths from the top', () => {
    const grant = { spec: { from: [{}, { nameSpace: 'dev' }], to: [{ Name: 'a', Kind: 'b' }], too: [] }, metaData: {} };
    expect(found(grant, GRANT)).toEqual([
      'spec.from[1].nameSpace namespace',
      'spec.to[0].Name name',
      'spec.to[0].Kind kind',
      'metaData metadata',
    ]);
  });

  test('in a list where a map has to be is the business of another rule, and so is a list in a list', () => {
    expect(found({ spec: [{ storageClass: 'x' }] }, CLAIM)).toEqual([]);
    expect(found({ spec: { from: [[{ Kind: 'x' }]] } }, GRANT)).toEqual([]);
    expect(isSpelled({ spec: { from: [[{ Kind: 'x' }]] } }, GRANT)).toBe(true);
  });

  test('that holds itself has an end', () => {
    const cyclic: Record<string, unknown> = { storageClass: 'x' };
    cyclic.spec = cyclic;
    cyclic.from = [cyclic];
    expect(found(cyclic, CLAIM)).toEqual(['spec.storageClass storageClassName']);
    expect(found(cyclic, GRANT)).toEqual(['from spec.from']);
  });

  test('says of a wrong name whether the right one is there as well', () => {
    const isRightThere = (node: object) => [...misspellings(node, CLAIM_SPEC)].map((one) => one.isRightThere);
    expect(isRightThere({ storageClass: 'x', storageClassName: 'y' })).toEqual([true]);
    expect(isRightThere({ storageClass: 'x', storageClassName: null })).toEqual([true]);
    expect(isRightThere({ storageClass: 'x', storageClassName: undefined })).toEqual([false]);
    expect(isRightThere({ storageClass: 'x' })).toEqual([false]);
  });

  test('has a field although it is null, and has not if it is undefined', () => {
    expect(found({ storageClass: null }, CLAIM_SPEC)).toHaveLength(1);
    expect(isSpelled({ storageClass: null }, CLAIM_SPEC)).toBe(false);
    expect(found({ storageClass: undefined }, CLAIM_SPEC)).toEqual([]);
    expect(isSpelled({ storageClass: undefined }, CLAIM_SPEC)).toBe(true);
    expect(isMisspelled({ storageClass: undefined }, CLAIM_SPEC, 'storageClassName')).toBe(false);
  });

  test('has one field under a wrong name, and not another', () => {
    const spec = { accessModes: [], storageClass: 'x' };
    expect(isMisspelled(spec, CLAIM_SPEC, 'storageClassName')).toBe(true);
    expect(isMisspelled(spec, CLAIM_SPEC, 'accessModes')).toBe(false);
    expect(isMisspelled(spec, CLAIM_SPEC, 'volumeMode')).toBe(false);
    for (const other of [null, undefined, 'storageClass', 5, [spec]])
      expect(isMisspelled(other, CLAIM_SPEC, 'storageClassName')).toBe(false);
  });
});

test('of two fields that are equally near, the first is meant', () => {
  expect(new Place({ fields: ['volumeA', 'volumeB'] }).meantBy('volumeC')).toBe('volumeA');
});
