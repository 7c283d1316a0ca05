/**
 * The measured side of this library: node library.js SHAPE N. Plain JavaScript and the compiled package, so that nothing but the work itself
 * takes time. by-hand.js beside it makes the same objects.
 */
const { App, Chart, Size } = require('cdk8s');
const { CrossNamespaceSnapshotClone, SharedSnapshot } = require('../../lib/src');

const source = { namespace: 'prod', claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' };
const volume = { storageClassName: 'csi-fast', storage: Size.gibibytes(20) };

const shapes = {
  /** Matched sets, each with names that the user gives. */
  clones(app, count) {
    const chart = new Chart(app, 'clones');
    for (let i = 0; i < count; i++) {
      new CrossNamespaceSnapshotClone(chart, `mysql-${i}`, {
        source: { ...source, claimName: `mysql-data-${i}`, metadata: { name: `mysql-${i}` } },
        target: { ...volume, namespace: `dev-${i}`, metadata: { name: 'mysql' } },
      });
    }
  },

  /** The same sets, each with the names that cdk8s generates. */
  generated(app, count) {
    const chart = new Chart(app, 'clones');
    for (let i = 0; i < count; i++) {
      new CrossNamespaceSnapshotClone(chart, `mysql-${i}`, {
        source: { ...source, claimName: `mysql-data-${i}` },
        target: { ...volume, namespace: `dev-${i}` },
      });
    }
  },

  /** One snapshot: a grant and a claim for each consumer. */
  consumers(app, count) {
    const share = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', { ...source, metadata: { name: 'mysql' } });
    const chart = new Chart(app, 'dev');
    for (let i = 0; i < count; i++) {
      share.cloneInto(chart, `mysql-${i}`, { ...volume, namespace: `dev-${i}`, metadata: { name: 'mysql' } });
    }
  },

  /** One snapshot, and a chart for each consumer. */
  charts(app, count) {
    const share = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', { ...source, metadata: { name: 'mysql' } });
    for (let i = 0; i < count; i++) {
      const chart = new Chart(app, `dev-${i}`, { namespace: `dev-${i}` });
      share.cloneInto(chart, 'mysql', { ...volume, namespace: `dev-${i}`, metadata: { name: 'mysql' } });
    }
  },
};

const [shape, count] = process.argv.slice(2);
const app = new App();
shapes[shape](app, Number(count));
app.synth();
