import { load } from 'js-yaml';
import { handedOverContentName, handedOverSnapshotName, SOURCE_NAMESPACE_LABEL } from '../../src/reference/pre-provisioned';
import { readPage } from '../docs/page';
import { type KubernetesObject, ofKind, Synthesis, waveOf } from './synthesis';

const synthesis = new Synthesis('kro');
const [definition] = ofKind('ResourceGraphDefinition', synthesis.objects('platform/'));
const [instance] = ofKind('SnapshotHandoff', synthesis.objects('dev/'));
const [claim] = ofKind('PersistentVolumeClaim', synthesis.objects('dev/'));

/** A name of the definition, as kro makes it of the instance. */
function nameFor(template: string): string {
  const values: Record<string, string> = {
    'schema.spec.sourceNamespace': instance.spec.sourceNamespace,
    'schema.spec.sourceName': instance.spec.sourceName,
    'schema.metadata.namespace': instance.metadata.namespace!,
  };
  return template.replace(/\$\{([^}]+)\}/g, (_, expression) => values[expression]);
}

function resource(id: string): KubernetesObject['spec'] {
  return definition.spec.resources.find((each: { id: string }) => each.id === id);
}

test.each([...synthesis.files])('%s is what it was', (_path, text) => {
  expect(text).toMatchSnapshot();
});

test('the consumer writes to its own namespace alone, and the owner makes an ordinary grant', () => {
  for (const namespace of ['prod', 'dev']) {
    for (const { metadata } of synthesis.objects(`${namespace}/`)) expect(metadata.namespace).toBe(namespace);
  }
  const kinds = synthesis.objects('prod/').map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(kinds).toEqual(['ReferenceGrant orders-to-dev', 'VolumeSnapshot orders-2026-11-15', 'VolumeSnapshot orders-2026-11-22']);
});

test('what kro makes is called as everything that is handed over', () => {
  const source = { namespace: instance.spec.sourceNamespace, name: instance.spec.sourceName };
  const { metadata, spec } = resource('content').template;
  expect(nameFor(resource('snapshot').template.metadata.name)).toBe(handedOverSnapshotName(source));
  expect(nameFor(metadata.name)).toBe(handedOverContentName('dev', source));
  expect(Object.keys(metadata.labels)).toEqual([SOURCE_NAMESPACE_LABEL]);
  expect(resource('snapshot').template.spec.source.volumeSnapshotContentName).toBe(metadata.name);
  expect(nameFor(spec.volumeSnapshotRef.name)).toBe(handedOverSnapshotName(source));
});

test('the claim is filled from what is handed over, inside of its namespace, after the instance', () => {
  expect(claim.spec.dataSourceRef).toEqual({
    apiGroup: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    name: handedOverSnapshotName({ namespace: 'prod', name: instance.spec.sourceName }),
  });
  expect(waveOf(instance)).toBeLessThan(waveOf(claim));
});

test('nothing that kro makes is there without a grant, and no name is left to the consumer but that of the source', () => {
  const [{ externalRef }] = definition.spec.resources;
  expect(externalRef).toMatchObject({ kind: 'ReferenceGrant', metadata: { selector: {} } });
  for (const id of ['source', 'snapshot', 'made']) expect(resource(id).includeWhen[0]).toMatch(/^\$\{grants\.exists\(/);
  expect(resource('content').template.spec.deletionPolicy).toBe('Retain');
  expect(nameFor(resource('content').template.spec.volumeSnapshotRef.namespace)).toBe('dev');
  expect(Object.keys(definition.spec.schema.spec).sort()).toEqual(['sourceName', 'sourceNamespace']);
});

test('docs/kro.md shows what the example gives', () => {
  const shown = readPage('docs/kro.md').blocks.filter(({ language }) => language === 'yaml');
  expect(shown).toHaveLength(4);
  for (const { text } of shown) expect(synthesis.objects()).toContainEqual(load(text));
});
