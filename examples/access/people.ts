import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

const SNAPSHOTS = resource('snapshot.storage.k8s.io', 'volumesnapshots');
const SNAPSHOT_CONTENTS = resource('snapshot.storage.k8s.io', 'volumesnapshotcontents');
const SNAPSHOT_CLASSES = resource('snapshot.storage.k8s.io', 'volumesnapshotclasses');
const GRANTS = resource('gateway.networking.k8s.io', 'referencegrants');
const CLAIMS = kplus.ApiResource.PERSISTENT_VOLUME_CLAIMS;

/**
 * Roles for people; nobody gets more than their part in a copy takes. What Argo CD applies for them is limited by the projects, not by these.
 */
export class People extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const owner = new kplus.Role(this, 'owner', { metadata: { name: 'snapshot-owner', namespace: 'prod' } });
    owner.allow(READ, CLAIMS);
    owner.allow(WRITE, SNAPSHOTS);
    // Whoever may write grants in a namespace decides who reads every volume in it. Give this to those who may read the data themselves.
    owner.allow(WRITE, GRANTS);
    owner.bind(kplus.Group.fromName(this, 'prod-owners', 'prod-owners'));

    const consumer = new kplus.Role(this, 'consumer', { metadata: { name: 'clone-consumer', namespace: 'dev' } });
    // A claim is the whole request, and its events say what it waits for. No right in prod, not even to look.
    consumer.allow(WRITE, CLAIMS, kplus.ApiResource.DEPLOYMENTS);
    consumer.allow(READ, kplus.ApiResource.PODS, resource('', 'events'), resource('', 'pods/log'));
    // No VolumeSnapshots and no grants: a copy of the copy is the owner's business.
    consumer.bind(kplus.Group.fromName(this, 'dev-consumers', 'dev-consumers'));

    const platform = new kplus.ClusterRole(this, 'platform', { metadata: { name: 'snapshot-clone-platform' } });
    platform.allow(
      READ,
      SNAPSHOTS,
      GRANTS,
      CLAIMS,
      resource('', 'persistentvolumes'),
      resource('apiextensions.k8s.io', 'customresourcedefinitions'),
    );
    // To look for the copy behind a snapshot. Writing one opens any snapshot of the driver, without a grant: nobody's everyday right.
    platform.allow(READ, SNAPSHOT_CONTENTS);
    platform.allow(WRITE, SNAPSHOT_CLASSES, resource('storage.k8s.io', 'storageclasses'));
    platform.allow(
      WRITE,
      ...[
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
        'mutatingadmissionpolicies',
        'mutatingadmissionpolicybindings',
      ].map((plural) => resource('admissionregistration.k8s.io', plural)),
    );
    platform.allow(READ, kplus.NonApiResource.of('/metrics'));
    platform.bind(kplus.Group.fromName(this, 'platform-team', 'platform-team'));
  }
}

function resource(apiGroup: string, resourceType: string): kplus.ApiResource {
  return kplus.ApiResource.custom({ apiGroup, resourceType });
}
