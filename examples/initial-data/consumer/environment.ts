import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { Postgis } from './postgis';

/** What differs between the environments. */
export interface EnvironmentProps {
  /** Which data set the environment starts with. A running environment keeps what it has, and what it has changed, until this changes. */
  readonly generation: string;
}

/** A namespace of its own, with a copy of the map data that it may change as it likes. */
export class Environment extends Chart {
  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id, { namespace: id });

    // Agreed with the owner, who has granted it to this namespace. Nothing here can check that; a claim without a grant stays Pending.
    const geodata = SharedSnapshot.fromName(this, 'geodata', {
      namespace: 'geodata',
      snapshotName: 'geodata',
      generations: ['2026-10', '2026-04'],
      restoreSize: Size.gibibytes(40),
    });

    const claim = geodata.cloneInto(this, 'postgis-data', {
      namespace: id,
      generation: props.generation,
      storageClassName: 'csi-fast',
      // Room for what the environment adds.
      storage: Size.gibibytes(60),
      metadata: { name: 'postgis-data' },
    });

    // This environment's own, created out of band:
    //   kubectl -n routing-dev create secret generic postgis-credentials --from-file=password
    const credentials = kplus.Secret.fromSecretName(this, 'credentials', 'postgis-credentials');

    new Postgis(this, 'postgis', { claim, credentials });
  }
}
