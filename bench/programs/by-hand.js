/**
 * The measured side of plain cdk8s: node by-hand.js SHAPE N. What somebody writes who knows the three objects by heart: no construct of their
 * own, no check of anything. library.js beside it makes the same objects.
 */
const { ApiObject, App, Chart } = require('cdk8s');

const WAVE = 'argocd.argoproj.io/sync-wave';
const SNAPSHOT = 'snapshot.storage.k8s.io';

function snapshot(chart, id, name, claimName) {
  return new ApiObject(chart, id, {
    apiVersion: `${SNAPSHOT}/v1`,
    kind: 'VolumeSnapshot',
    metadata: { ...(name && { name }), namespace: 'prod', annotations: { [WAVE]: '-1' } },
    spec: { source: { persistentVolumeClaimName: claimName }, volumeSnapshotClassName: 'csi-fast' },
  });
}

function grant(chart, id, snapshotName, consumer) {
  return new ApiObject(chart, id, {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: `${snapshotName}-to-${consumer}`, namespace: 'prod', annotations: { [WAVE]: '-1' } },
    spec: {
      from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: consumer }],
      to: [{ group: SNAPSHOT, kind: 'VolumeSnapshot', name: snapshotName }],
    },
  });
}

function claim(chart, id, name, snapshotName, consumer) {
  return new ApiObject(chart, id, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...(name && { name }),
      namespace: consumer,
      annotations: {
        [WAVE]: '0',
        'argocd.argoproj.io/sync-options': 'PruneLast=true',
        'cdk8s-snapshot-clone/data-source': `VolumeSnapshot.${SNAPSHOT}/prod/${snapshotName}`,
      },
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      dataSourceRef: { apiGroup: SNAPSHOT, kind: 'VolumeSnapshot', name: snapshotName, namespace: 'prod' },
      resources: { requests: { storage: '20Gi' } },
      storageClassName: 'csi-fast',
      volumeMode: 'Filesystem',
    },
  });
}

const shapes = {
  /** Matched sets, each with names that the user gives. */
  clones(app, count) {
    const chart = new Chart(app, 'clones');
    for (let i = 0; i < count; i++) {
      const { name } = snapshot(chart, `mysql-${i}-snapshot`, `mysql-${i}`, `mysql-data-${i}`);
      grant(chart, `mysql-${i}-grant`, name, `dev-${i}`);
      claim(chart, `mysql-${i}-claim`, 'mysql', name, `dev-${i}`);
    }
  },

  /** The same sets, each with the names that cdk8s generates. */
  generated(app, count) {
    const chart = new Chart(app, 'clones');
    for (let i = 0; i < count; i++) {
      const { name } = snapshot(chart, `mysql-${i}-snapshot`, undefined, `mysql-data-${i}`);
      grant(chart, `mysql-${i}-grant`, name, `dev-${i}`);
      claim(chart, `mysql-${i}-claim`, undefined, name, `dev-${i}`);
    }
  },

  /** One snapshot: a grant and a claim for each consumer. */
  consumers(app, count) {
    const prod = new Chart(app, 'prod');
    const { name } = snapshot(prod, 'snapshot', 'mysql', 'mysql-data');
    const dev = new Chart(app, 'dev');
    for (let i = 0; i < count; i++) {
      grant(prod, `grant-${i}`, name, `dev-${i}`);
      claim(dev, `claim-${i}`, 'mysql', name, `dev-${i}`);
    }
  },

  /** The same consumers, each with a snapshot of its own. */
  sets(app, count) {
    const prod = new Chart(app, 'prod');
    const dev = new Chart(app, 'dev');
    for (let i = 0; i < count; i++) {
      const { name } = snapshot(prod, `snapshot-${i}`, `mysql-${i}`, 'mysql-data');
      grant(prod, `grant-${i}`, name, `dev-${i}`);
      claim(dev, `claim-${i}`, 'mysql', name, `dev-${i}`);
    }
  },

  /** One snapshot, and a chart for each consumer. */
  charts(app, count) {
    const prod = new Chart(app, 'prod');
    const { name } = snapshot(prod, 'snapshot', 'mysql', 'mysql-data');
    for (let i = 0; i < count; i++) {
      grant(prod, `grant-${i}`, name, `dev-${i}`);
      claim(new Chart(app, `dev-${i}`, { namespace: `dev-${i}` }), 'claim', 'mysql', name, `dev-${i}`);
    }
  },
};

const [shape, count] = process.argv.slice(2);
const app = new App();
shapes[shape](app, Number(count));
app.synth();
