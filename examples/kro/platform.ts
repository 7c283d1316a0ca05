import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { cel, ResourceGraphDefinition } from './resource-graph-definition';
import { HANDOFF, handedOver } from './snapshot-handoff';

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const GATEWAY = 'gateway.networking.k8s.io';

/** The names that an instance asks for, and the namespace it is in, as kro's expressions see them. */
const SOURCE = { namespace: cel('schema.spec.sourceNamespace'), name: cel('schema.spec.sourceName') };
const SNAPSHOT_NAME = handedOver(SOURCE);
const CONTENT_NAME = `snapshot-clone.${cel('schema.metadata.namespace')}.${SOURCE.namespace}.${SOURCE.name}`;

/** What csi-provisioner asks of grants: one of them allows both the claims of this namespace and this snapshot. */
const GRANTED = `grants.exists(g, g.metadata.namespace == schema.spec.sourceNamespace
  && g.spec.from.exists(f, f.group == '' && f.kind == 'PersistentVolumeClaim' && f.namespace == schema.metadata.namespace)
  && g.spec.to.exists(t, t.group == '${SNAPSHOTS}' && t.kind == 'VolumeSnapshot'
    && (!has(t.name) || t.name == '' || t.name == schema.spec.sourceName)))`;

/** As csi-provisioner asks: whoever can write the status of a snapshot of their own must not name somebody else's content in it. */
const CONTENT_IS_OF_SOURCE = `sourceContent.spec.volumeSnapshotRef.uid == source.metadata.uid
  && sourceContent.spec.volumeSnapshotRef.namespace == source.metadata.namespace
  && sourceContent.spec.volumeSnapshotRef.name == source.metadata.name`;

/** The words of csi-provisioner, as far as they fit: there is no claim yet. */
const NOT_ALLOWED = `'accessing ' + schema.spec.sourceNamespace + '/' + schema.spec.sourceName
    + ' of VolumeSnapshot dataSource from ' + schema.metadata.namespace + " isn't allowed (no ReferenceGrant)"`;

/** Nothing is ready for as long as kro waits for something. Asked only while granted: what kro has not made has no status. */
const READY = "runtime.condition(schema, 'ResourcesReady').status == 'True' && snapshot.?status.?readyToUse.orValue(false)";

const CONDITIONS = `${GRANTED} ? [
  ${condition('Granted', "'True'", "'Granted'", "''")},
  ${condition('Ready', `${READY} ? 'True' : 'False'`, `${READY} ? 'HandedOver' : 'Waiting'`, "runtime.condition(schema, 'ResourcesReady').message")}
] : [
  ${condition('Granted', "'False'", "'NotGranted'", NOT_ALLOWED)},
  ${condition('Ready', "'False'", "'NotGranted'", NOT_ALLOWED)}
]`;

/** What the platform team installs, once: kro does the rest. */
export class Platform extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.definition();
    this.rightsOfKro();
    this.rightsOfConsumers();
  }

  private definition(): void {
    const dnsLabel = 'string | required=true pattern="^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" maxLength=63';
    const dnsSubdomain =
      'string | required=true pattern="^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" maxLength=253';
    new ResourceGraphDefinition(this, 'definition', {
      name: 'snapshothandoff',
      schema: {
        group: HANDOFF.group,
        apiVersion: HANDOFF.version,
        kind: HANDOFF.kind,
        // An empty namespace would mean all of them to kro.
        spec: { sourceNamespace: dnsLabel, sourceName: dnsSubdomain },
        status: {
          snapshotName: cel('snapshot.metadata.name'),
          conditions: [cel(CONDITIONS)],
        },
        additionalPrinterColumns: [
          { name: 'Granted', type: 'string', jsonPath: '.status.conditions[?(@.type=="Granted")].status' },
          { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
          { name: 'Snapshot', type: 'string', jsonPath: '.status.snapshotName' },
        ],
      },
      resources: [
        {
          id: 'grants',
          externalRef: {
            apiVersion: `${GATEWAY}/v1beta1`,
            kind: 'ReferenceGrant',
            metadata: { namespace: SOURCE.namespace, selector: {} },
          },
        },
        // Included only while granted, although kro does not write it: kro deletes nothing for as long as it waits, and a revocation must
        // not wait for a source that is gone.
        {
          id: 'source',
          includeWhen: [cel(GRANTED)],
          externalRef: { apiVersion: `${SNAPSHOTS}/v1`, kind: 'VolumeSnapshot', metadata: SOURCE },
          readyWhen: [cel('source.status.readyToUse')],
        },
        {
          id: 'sourceContent',
          externalRef: {
            apiVersion: `${SNAPSHOTS}/v1`,
            kind: 'VolumeSnapshotContent',
            metadata: { name: cel('source.status.boundVolumeSnapshotContentName') },
          },
          readyWhen: [cel('sourceContent.status.readyToUse')],
        },
        {
          id: 'snapshot',
          includeWhen: [cel(GRANTED), cel(CONTENT_IS_OF_SOURCE)],
          template: {
            apiVersion: `${SNAPSHOTS}/v1`,
            kind: 'VolumeSnapshot',
            metadata: { name: SNAPSHOT_NAME },
            spec: { source: { volumeSnapshotContentName: CONTENT_NAME } },
          },
        },
        // The snapshot, read again: kro deletes what depends first, and waits until it is gone. A content stays until its snapshot is gone,
        // so with a content that depended on `snapshot` no instance could ever be deleted.
        {
          id: 'made',
          includeWhen: [cel(GRANTED)],
          externalRef: {
            apiVersion: `${SNAPSHOTS}/v1`,
            kind: 'VolumeSnapshot',
            metadata: { namespace: cel('schema.metadata.namespace'), name: SNAPSHOT_NAME },
          },
        },
        {
          id: 'content',
          includeWhen: [cel(CONTENT_IS_OF_SOURCE)],
          template: {
            apiVersion: `${SNAPSHOTS}/v1`,
            kind: 'VolumeSnapshotContent',
            metadata: { name: CONTENT_NAME, labels: { 'cdk8s-snapshot-clone/source-namespace': SOURCE.namespace } },
            spec: {
              // Whatever happens here, the owner's snapshot stays.
              deletionPolicy: 'Retain',
              driver: cel('sourceContent.spec.driver'),
              source: { snapshotHandle: cel('sourceContent.status.snapshotHandle') },
              sourceVolumeMode: cel('sourceContent.spec.sourceVolumeMode'),
              volumeSnapshotRef: {
                apiVersion: `${SNAPSHOTS}/v1`,
                kind: 'VolumeSnapshot',
                namespace: cel('schema.metadata.namespace'),
                name: SNAPSHOT_NAME,
                // Written by the snapshot controller otherwise, and taken away again by kro, for which this field is one whole.
                uid: cel('made.metadata.uid'),
              },
            },
          },
        },
      ],
    });
  }

  /** For an installation of kro with `rbac.mode: aggregation`: without it, kro may do everything. */
  private rightsOfKro(): void {
    const role = new kplus.ClusterRole(this, 'rights-of-kro', {
      metadata: { name: 'kro-snapshothandoff', labels: { 'rbac.kro.run/aggregate-to-controller': 'true' } },
    });
    const write = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    role.allow(write, ...resources(SNAPSHOTS, 'volumesnapshots', 'volumesnapshotcontents'));
    role.allow(['get', 'list', 'watch'], ...resources(GATEWAY, 'referencegrants'));
    role.allow(['get', 'list', 'watch', 'update', 'patch'], ...resources(HANDOFF.group, HANDOFF.plural, `${HANDOFF.plural}/status`));
  }

  /** Whoever may edit a namespace may ask for snapshots in it. What they get, the owners' grants decide. */
  private rightsOfConsumers(): void {
    const role = new kplus.ClusterRole(this, 'rights-of-consumers', {
      metadata: { name: 'snapshothandoff-edit', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
    });
    role.allow(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'], ...resources(HANDOFF.group, HANDOFF.plural));
  }
}

function condition(type: string, status: string, reason: string, message: string): string {
  return `runtime.newCondition({
    type: '${type}',
    status: ${status},
    reason: ${reason},
    message: ${message}
  })`;
}

function resources(apiGroup: string, ...resourceTypes: string[]): kplus.IApiEndpoint[] {
  return resourceTypes.map((resourceType) => kplus.ApiResource.custom({ apiGroup, resourceType }));
}
