import { ApiObject, Chart } from 'cdk8s';
import { SnapshotAccess } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';

const REPOSITORIES = 'https://git.example.com';

interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** The part of an AppProject that keeps two sides apart. */
interface ProjectProps {
  readonly description: string;
  /** Whoever may push there decides what this project applies. */
  readonly repository: string;
  readonly namespace: string;
  readonly kinds: Kind[];
  readonly clusterKinds?: Kind[];
}

const SNAPSHOT: Kind = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
const SNAPSHOT_CONTENT: Kind = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshotContent' };

/**
 * Argo CD applies with rights of its own, usually to everything. A project takes them back, for the Applications that belong to it. Who may
 * create an Application, and so name its project, is decided by the rights in the namespace argocd: nobody but the platform team here.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export class Projects extends Chart {
  constructor(scope: Construct, id: string, access: SnapshotAccess) {
    super(scope, id, { namespace: 'argocd' });
    // Only where PreProvisionedSnapshotPolicies stand: without them a content opens any snapshot of the driver.
    const handsOver = access === SnapshotAccess.PRE_PROVISIONED_SNAPSHOT;

    // Snapshots and grants alone, in an Application of their own: nothing unhealthy beside them holds up a revocation.
    this.project('share', {
      description: 'What prod gives away',
      repository: `${REPOSITORIES}/prod.git`,
      namespace: 'prod',
      kinds: [SNAPSHOT, { group: 'gateway.networking.k8s.io', kind: 'ReferenceGrant' }],
    });
    this.project('dev', {
      description: 'Copies of prod, and what runs on them',
      repository: `${REPOSITORIES}/dev.git`,
      namespace: 'dev',
      kinds: [
        { group: '', kind: 'PersistentVolumeClaim' },
        { group: '', kind: 'ConfigMap' },
        { group: '', kind: 'Service' },
        { group: 'apps', kind: 'Deployment' },
        ...(handsOver ? [SNAPSHOT] : []),
      ],
      clusterKinds: handsOver ? [SNAPSHOT_CONTENT] : [],
    });
  }

  private project(name: string, { description, repository, namespace, kinds, clusterKinds = [] }: ProjectProps): void {
    new ApiObject(this, name, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name },
      spec: {
        description,
        sourceRepos: [repository],
        // The list of kinds counts for all destinations together: one namespace in each project.
        destinations: [{ server: 'https://kubernetes.default.svc', namespace }],
        namespaceResourceWhitelist: kinds,
        // No PersistentVolume, no Namespace.
        clusterResourceWhitelist: clusterKinds,
      },
    });
  }
}
