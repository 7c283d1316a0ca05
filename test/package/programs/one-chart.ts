import { App, Chart, Size } from 'cdk8s';
import { Deployment, Volume } from 'cdk8s-plus-27';
import { CrossNamespaceSnapshotClone } from 'cdk8s-snapshot-clone';

const app = new App();
const chart = new Chart(app, 'mysql');
const container = new Deployment(chart, 'database', { metadata: { namespace: 'dev' } }).addContainer({ image: 'mysql:8.4' });

const clone = new CrossNamespaceSnapshotClone(chart, 'mysql', {
  source: { namespace: 'prod', claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' },
  target: { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) },
});
container.mount('/var/lib/mysql', Volume.fromPersistentVolumeClaim(chart, 'data', clone.claim));

console.log(app.synthYaml());
