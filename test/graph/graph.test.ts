import * as fc from 'fast-check';
import * as yaml from 'js-yaml';
import { dot } from '../../src/graph/dot';
import { mermaid } from '../../src/graph/mermaid';
import { Picture } from '../../src/graph/picture';
import { ObjectSet } from '../../src/rules/object-set';

const SET = `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: mysql, namespace: prod }
spec: { source: { persistentVolumeClaimName: mysql-data } }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: to-dev, namespace: prod }
spec:
  from: [{ group: '', kind: PersistentVolumeClaim, namespace: dev }]
  to: [{ group: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: mysql }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: dev }
spec: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: mysql } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app, namespace: dev }
spec: { template: { spec: { containers: [{ name: app }], volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: qa }
spec: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: mysql } }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: snapshot-clone.prod.mysql, namespace: stage }
spec: { source: { volumeSnapshotContentName: snapshot-clone.stage.prod.mysql } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: stage }
spec: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: snapshot-clone.prod.mysql } }
`;
const GRANT_TO_STAGE = `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: to-stage, namespace: prod }
spec:
  from: [{ group: '', kind: PersistentVolumeClaim, namespace: stage }]
  to: [{ group: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: mysql }]
`;

function picture(text = SET, external: string[] = []): Picture {
  return new Picture(
    new ObjectSet(
      yaml.loadAll(text).map((manifest) => ({ manifest })),
      { external },
    ),
  );
}

function arrows({ edges }: Picture): string[] {
  return edges.map(
    ({ from, to, label, refused }) => `${from.namespace}/${from.name} -> ${to.namespace}/${to.name}: ${label}${refused ? ' (red)' : ''}`,
  );
}

test('data flows from the owner through grants to the consumers; what is refused is red; a handed-over pair is followed', () => {
  expect(arrows(picture(SET + GRANT_TO_STAGE))).toEqual([
    'prod/mysql-data -> prod/mysql: snapshot',
    'prod/mysql -> prod/to-stage: granted',
    'prod/to-stage -> /snapshot-clone.stage.prod.mysql: handed over',
    '/snapshot-clone.stage.prod.mysql -> stage/snapshot-clone.prod.mysql: bound',
    'prod/mysql -> prod/to-dev: granted',
    'prod/to-dev -> dev/data: fills',
    'prod/mysql -> qa/data: refused: no grant (red)',
    'stage/snapshot-clone.prod.mysql -> stage/data: fills',
    'dev/data -> dev/app: mounted',
  ]);
});

test('a snapshot that is handed over without a grant is refused before its content, whether or not the set shows the local one', () => {
  const claim = SET.split('---').at(-1)!;
  const way = [
    'prod/mysql -> /snapshot-clone.stage.prod.mysql: refused: no grant (red)',
    '/snapshot-clone.stage.prod.mysql -> stage/snapshot-clone.prod.mysql: bound',
    'stage/snapshot-clone.prod.mysql -> stage/data: fills',
  ];
  expect(arrows(picture(claim))).toEqual(way);
  expect(arrows(picture()).filter((arrow) => arrow.includes('stage'))).toEqual(way);
});

test('what is delivered elsewhere is neither granted nor refused', () => {
  const claim = SET.split('---').find((one) => one.includes('namespace: qa'))!;
  expect(arrows(picture(claim, ['prod']))).toEqual(['prod/mysql -> qa/data: delivered elsewhere']);
});

test.each([
  ['data-mysql-0', false],
  ['data-mysql-12', false],
  ['data-mysql-x', true],
  ['data-other-0', true],
])('claim %s, where the set has a StatefulSet mysql with a template data, is drawn as absent: %s', (name, absent) => {
  const drawn = picture(`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: mysql, namespace: prod }
spec: { volumeClaimTemplates: [{ metadata: { name: data }, spec: {} }] }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: mysql, namespace: prod }
spec: { source: { persistentVolumeClaimName: ${name} } }
`);
  expect(drawn.nodes.filter(({ kind }) => kind === 'PersistentVolumeClaim').map((node) => [node.name, node.absent])).toEqual([
    [name, absent],
  ]);
});

test('the picture is drawn for Mermaid and for Graphviz', () => {
  expect(mermaid(picture())).toMatchSnapshot();
  expect(dot(picture())).toMatchSnapshot();
});

test('no name breaks out of its quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const manifests = [{ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name, namespace: name } }];
      const drawn = new Picture(new ObjectSet(manifests.map((manifest) => ({ manifest }))));
      expect(mermaid(drawn).split('\n')).toHaveLength(5);
      expect(mermaid(drawn)).toMatch(/^flowchart LR\n {2}subgraph g0\["[^"<>]*"\]\n {4}n0\["VolumeSnapshot<br\/>[^"<>]*"\]\n {2}end\n$/);
      expect(dot(drawn)).toMatch(/label="(?:[^"\\]|\\[\s\S])*";\n {4}n0 \[label="(?:[^"\\]|\\[\s\S])*"\];\n {2}\}\n\}\n$/);
    }),
  );
});
