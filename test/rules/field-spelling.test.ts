import { ObjectSet } from '../../src/rules/object-set';
import { fieldSpelling } from '../../src/rules/references/field-spelling';
import { judgementsOf } from '../../src/rules/rule';

const metadata = { name: 'one', namespace: 'dev' };
const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: {} };

const judged = (manifests: readonly unknown[]) => judgementsOf(fieldSpelling, new ObjectSet(manifests.map((manifest) => ({ manifest }))));
/** What the rule says, and which part of the manifest is to blame. */
const faults = (manifests: readonly unknown[]) => judged(manifests).flatMap(({ faults }) => faults);
const messages = (...manifests: unknown[]) => faults(manifests).map(({ message }) => message);

describe('to blame is', () => {
  test('what stands in the field', () => {
    const spec = { dataSourceref: { kind: 'VolumeSnapshot' } };
    expect(faults([{ ...claim, spec }]).map(({ node }) => node)).toEqual([spec.dataSourceref]);
  });

  test('what holds the field, if there is no map or list in it', () => {
    const spec = { storageClass: 'csi-fast', volumemode: null };
    expect(faults([{ ...claim, spec }]).map(({ node }) => node)).toEqual([spec, spec]);
  });
});

describe('fields are looked at in', () => {
  const template = { metadata: { name: 'data' }, spec: { storageClass: 'csi-fast' } };
  const pod = {
    containers: [],
    volumes: [{ name: 'plain' }, { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: template.spec } } }],
  };

  test('templates of claims, in any kind that has pods', () => {
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { volumeClaimTemplates: [{}, template] } };
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec: { template: { spec: pod } } };
    expect(messages(set, rollout)).toEqual([
      'unknown field "spec.storageClass" of claim dev/data-one-* of StatefulSet one: Kubernetes calls it \'storageClassName\'',
      'unknown field "spec.storageClass" of claim dev/*-scratch of Rollout one: Kubernetes calls it \'storageClassName\'',
    ]);
  });

  test('the metadata of what holds claims, once', () => {
    const templates = [{ metadata: { nmae: 'a' } }, { metadata: { name: 'b' } }];
    const set = (name: string) => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name, nameSpace: 'dev' },
      spec: { volumeClaimTemplates: templates },
    });
    expect(messages(set('x'), set('y')).map((message) => message.split(':')[0])).toEqual([
      'unknown field "metadata.nmae" of claim default/-x-* of StatefulSet x',
      'unknown field "metadata.nameSpace" of StatefulSet default/x',
      'unknown field "metadata.nmae" of claim default/-y-* of StatefulSet y',
      'unknown field "metadata.nameSpace" of StatefulSet default/y',
    ]);
    expect(messages({ ...claim, metadata: { name: 'x', nameSpace: 'dev' } })).toHaveLength(1);
  });

  test('grants about other things too: who knows what they would be about', () => {
    const from = [{ group: 'gateway.networking.k8s.io', knid: 'HTTPRoute', namespace: 'web' }];
    const grant = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'ReferenceGrant', metadata, spec: { from, to: [] } };
    expect(messages(grant)).toEqual(['unknown field "spec.from[0].knid" of ReferenceGrant dev/one: Kubernetes calls it \'kind\'']);
  });

  test('no other kind', () => {
    const others = ['Pod', 'ConfigMap', 'PersistentVolume'].map((kind) => ({ ...claim, kind, metadata: { nmae: 'x', nameSpace: 'y' } }));
    expect(judged(others)).toEqual([]);
  });
});

describe('what to do is', () => {
  const grant = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'ReferenceGrant', metadata };
  const remedies = (spec: object) => faults([{ ...grant, spec }]).map(({ remediation }) => remediation);
  const from = { group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' };
  const to = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' };

  test('what is suggested, where something is', () => {
    expect(remedies({ from: [{ ...from, knid: 'x' }], to: [to] })).toEqual([undefined]);
  });

  test('to remove the field, where nothing is', () => {
    expect(remedies({ from: [{ ...from, name: 'data' }], to: [to] })).toEqual([
      'Remove it, or write what was meant in a field that exists.',
    ]);
  });

  test('to swap the sides of a grant that are swapped', () => {
    expect(remedies({ from: [to], to: [from] })).toEqual(['Write what stands in `from` into `to`, and what stands in `to` into `from`.']);
  });
});
