import { Size } from 'cdk8s';
import { type CloneTarget, SharedSnapshot, type SnapshotAccess } from '../../../src';
import { type BothSides, synthesizedApart, written } from '../constructs';
import type { Changes } from '../git-repository';
import type { Sides } from '../grants/source-volume';
import { deployment } from '../manifests';
import { SNAPSHOT_CLASS, STORAGE_CLASS } from '../storage-classes';
import { CONSUMER, SHARE } from './two-sides';

/** The name of the share and, dated, of every claim on it. */
export const NAME = 'mysql';
/** The workload of the consumer. */
export const READER = 'reader';

/** One commit of the program that both sides are written in. */
export interface AppOfTwoSides {
  readonly generations?: string[];
  readonly volumeSnapshotClassName?: string;
  readonly access?: SnapshotAccess;
  /** What the consumer asks for. Nothing: there is no consumer in the program (any more). */
  readonly consumer?: Pick<CloneTarget, 'generation' | 'alreadyRestored'>;
  /** Whether a workload of the consumer mounts the claim. */
  readonly reader?: boolean;
}

/** What the library makes of it, with the delivery that it chooses by itself. */
export function emitted({ prod, dev }: Sides, props: AppOfTwoSides): BothSides {
  return synthesizedApart((owner, consumer) => {
    const share = new SharedSnapshot(owner, 'share', {
      namespace: prod,
      claimName: 'data',
      volumeSnapshotClassName: props.volumeSnapshotClassName ?? SNAPSHOT_CLASS,
      generations: props.generations,
      access: props.access,
      metadata: { name: NAME },
    });
    if (!props.consumer) return;
    const claim = share.cloneInto(consumer, 'clone', {
      ...props.consumer,
      namespace: dev,
      storageClassName: STORAGE_CLASS,
      storage: Size.gibibytes(1),
      metadata: { name: NAME },
    });
    if (props.reader) written(consumer, deployment(dev, READER, claim.name));
  });
}

/** The files of a commit: a folder for each side. */
export function changesTo({ owner, consumer }: BothSides): Changes {
  return { ...changesToShare({ owner }), [`${CONSUMER}/consumer.yaml`]: consumer };
}

/** A commit of the owner alone. */
export function changesToShare({ owner }: Pick<BothSides, 'owner'>): Changes {
  return { [`${SHARE}/share.yaml`]: owner };
}
