import { join } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { POSTGRES_POD, POSTGRES_PORT, postgresContainer, SCRIPTS } from './postgres';
import { restrict } from './restricted';

/**
 * The namespace of one CI runner: its jobs find a test database of their own under the name `orders`, and may ruin it.
 *
 * A fresh copy, from the same snapshot, is the old one deleted; Argo CD makes the claim again (its self-heal does that):
 *   kubectl -n ci-alder delete persistentvolumeclaim orders-2026-11 --wait=false
 *   kubectl -n ci-alder delete pods --selector app=orders
 */
export class Runner extends Chart {
  constructor(scope: Construct, id: string, share: SharedSnapshot) {
    super(scope, id, { namespace: id });
    const claim = share.cloneInto(this, 'orders-volume', {
      namespace: id,
      storageClassName: 'csi-fast',
      // Room for what the tests add.
      storage: Size.gibibytes(20),
      metadata: { name: 'orders' },
    });
    const database = this.database(claim);
    database.exposeViaService({ name: 'orders', ports: [{ name: 'postgresql', port: POSTGRES_PORT }] });
    // The user of the tests has no password: whoever runs in this namespace is the runner, and nobody else gets through.
    new kplus.NetworkPolicy(this, 'network', {
      metadata: { name: 'orders-from-this-namespace' },
      selector: database,
      ingress: {
        default: kplus.NetworkPolicyTrafficDefault.DENY,
        rules: [{ peer: kplus.Pods.all(this, 'jobs'), ports: [kplus.NetworkPolicyPort.tcp(POSTGRES_PORT)] }],
      },
    });
  }

  private database(claim: kplus.IPersistentVolumeClaim): kplus.Deployment {
    const scripts = new kplus.ConfigMap(this, 'scripts', { metadata: { name: 'serve' } });
    scripts.addDirectory(join(__dirname, 'serve'));
    const database = new kplus.Deployment(this, 'database', {
      // A stable name: only the claim that it mounts carries the generation.
      metadata: { name: 'orders' },
      podMetadata: { labels: { app: 'orders' } },
      replicas: 1,
      // ReadWriteOnce: the old server has to let go of its volume first.
      strategy: kplus.DeploymentStrategy.recreate(),
      ...POSTGRES_POD,
      containers: [
        {
          ...postgresContainer(this, claim, scripts),
          name: 'postgresql',
          command: ['bash', `${SCRIPTS}/serve.sh`],
          ports: [{ name: 'postgresql', number: POSTGRES_PORT }],
          startup: isReady({ periodSeconds: Duration.seconds(1), failureThreshold: 120 }),
          readiness: isReady({ periodSeconds: Duration.seconds(5) }),
          liveness: kplus.Probe.fromTcpSocket({ port: POSTGRES_PORT, periodSeconds: Duration.seconds(10), failureThreshold: 6 }),
        },
      ],
    });
    restrict(database);
    return database;
  }
}

/** Over TCP, and for the database that the tests use. */
function isReady(options: kplus.CommandProbeOptions): kplus.Probe {
  return kplus.Probe.fromCommand(['pg_isready', '--host=127.0.0.1', '--username=tests', '--dbname=orders'], {
    ...options,
    timeoutSeconds: Duration.seconds(5),
  });
}
