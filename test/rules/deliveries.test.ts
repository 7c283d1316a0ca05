import * as yaml from 'js-yaml';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';

const WAVE = 'argocd.argoproj.io/sync-wave';

const snapshot = (wave: number) => `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: mysql, namespace: prod, annotations: { ${WAVE}: '${wave}' } }
spec: { volumeSnapshotClassName: csi-fast, source: { persistentVolumeClaimName: data } }`;

const claim = (namespace = '', annotations = '{}') => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, ${namespace && `namespace: ${namespace}, `}annotations: ${annotations} }
spec: { accessModes: [ReadWriteOnce], storageClassName: csi-fast, resources: { requests: { storage: 20Gi } } }`;

/** The rules that complain about these files. */
function rulesBrokenBy(files: Readonly<Record<string, string>>): string[] {
  const manifests = Object.entries(files).flatMap(([file, text]) =>
    yaml.loadAll(text).map((manifest) => ({ manifest, origin: { file, line: 1 } })),
  );
  return [...findingsIn(new ObjectSet(manifests), ALL_RULES)].filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
}

describe('waves compare', () => {
  test('in one folder', () => {
    expect(rulesBrokenBy({ 'prod/claim.yaml': claim('prod'), 'prod/snapshot.yaml': snapshot(-1) })).toEqual(['snapshot-before-source']);
  });

  test('not in two folders', () => {
    expect(rulesBrokenBy({ 'prod/claim.yaml': claim('prod'), 'share/snapshot.yaml': snapshot(-1) })).toEqual([]);
    expect(rulesBrokenBy({ 'dist\\prod\\claim.yaml': claim('prod'), 'dist\\share\\snapshot.yaml': snapshot(-1) })).toEqual([]);
  });

  test('in one Application, whatever the folders', () => {
    const tracked = (text: string) =>
      text.replace('annotations: {', "annotations: { argocd.argoproj.io/tracking-id: 'shop:/X:prod/x',").replace(',}', '}');
    expect(rulesBrokenBy({ 'a/claim.yaml': tracked(claim('prod')), 'b/snapshot.yaml': tracked(snapshot(-1)) })).toEqual([
      'snapshot-before-source',
    ]);
  });

  test('where a wave is no number, as wave 0', () => {
    expect(rulesBrokenBy({ 'claim.yaml': claim('prod', `{ ${WAVE}: first }`), 'snapshot.yaml': snapshot(-1) })).toEqual([
      'snapshot-before-source',
    ]);
    expect(rulesBrokenBy({ 'claim.yaml': claim('prod', `{ ${WAVE}: first }`), 'snapshot.yaml': snapshot(1) })).toEqual([]);
  });
});

describe('one object in two manifests', () => {
  test('is an error across files and folders', () => {
    expect(rulesBrokenBy({ 'a/claim.yaml': claim('prod'), 'b/claim.yaml': claim('prod') })).toEqual(['duplicate-object']);
  });

  test('without a namespace it is one object in one folder, and perhaps two in two', () => {
    expect(rulesBrokenBy({ 'a/claim.yaml': claim(), 'a/again.yaml': claim() })).toEqual(['duplicate-object']);
    expect(rulesBrokenBy({ 'a/claim.yaml': claim(), 'b/claim.yaml': claim() })).toEqual([]);
  });

  test('says where the first is', () => {
    const manifests = ['a.yaml', 'b.yaml'].map((file) => ({ manifest: yaml.load(claim('prod')), origin: { file, line: 3 } }));
    const [finding] = findingsIn(new ObjectSet(manifests), ALL_RULES);
    expect(finding).toMatchObject({
      file: 'b.yaml',
      message: 'PersistentVolumeClaim prod/data is described twice, but must be described once; the first is in a.yaml:3',
    });
  });
});
