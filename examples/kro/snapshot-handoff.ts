import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

/** The kind that kro makes of the platform team's definition. A group of its own: kro's own roles give everybody's instances of kro.run away. */
export const HANDOFF = { group: 'handoff.example.com', version: 'v1alpha1', kind: 'SnapshotHandoff', plural: 'snapshothandoffs' } as const;

export interface SnapshotHandoffProps {
  readonly metadata: ApiObjectMetadata;
  /** The VolumeSnapshot to be handed over to the namespace of this object. */
  readonly source: SnapshotName;
}

export interface SnapshotName {
  readonly namespace: string;
  readonly name: string;
}

/** The consumer's object: it asks for a snapshot of another namespace. There is nothing in it to say who gets it: its own namespace does. */
export class SnapshotHandoff extends ApiObject {
  constructor(scope: Construct, id: string, { metadata, source }: SnapshotHandoffProps) {
    const spec = { sourceNamespace: source.namespace, sourceName: source.name };
    super(scope, id, { apiVersion: `${HANDOFF.group}/${HANDOFF.version}`, kind: HANDOFF.kind, metadata, spec });
  }
}

/** What the snapshot is called in the consumer's namespace: a namespace holds no dot, so two sources never share a name. */
export function handedOver({ namespace, name }: SnapshotName): string {
  return `snapshot-clone.${namespace}.${name}`;
}
