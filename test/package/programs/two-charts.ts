import { App, Chart, Size } from 'cdk8s';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';

const app = new App();
const prod = new Chart(app, 'prod');
const dev = new Chart(app, 'dev');

const mysql = new SharedSnapshot(prod, 'mysql', { namespace: 'prod', claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' });
const claim = mysql.cloneInto(dev, 'mysql', { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) });

if (claim.namespace !== 'dev') throw new Error(`the claim is in ${claim.namespace}`);
console.log(app.synthYaml());
