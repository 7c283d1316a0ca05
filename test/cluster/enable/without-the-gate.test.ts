import { StorageController } from '../../../src';
import { type ApiObject, addressOf } from '../api/api-object';
import { claimMustBeBound, mustBeGone, snapshotMustBeReady } from '../claims';
import { SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER } from '../control-plane';
import { eventMustSay } from '../events';
import { classesNamed, sized } from '../examples/by-hand';
import { kubectl } from '../kubectl';
import { claim, cloneOf, grant, grantSpec, namespace, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { checksumOf, seedDirectory } from '../volume-content';
import { content, type Handover, localClaim } from '../without-the-gate/handed-over';
import { mustBecomeRefused, policies, WITHOUT_THE_GATE } from '../without-the-gate/standing-policies';
import { FollowedPage } from './followed-page';

/** A cluster that its provider runs: nobody has a say in its gates, and nobody has heard of grants. */
const cluster = runningCluster({ ...WITHOUT_THE_GATE, referenceGrantKind: false, pods: true });
const api = () => cluster().api;

const page = () => new FollowedPage(cluster(), 'docs/without-the-gate.md');
const WAY = 'From nothing to a mounted copy';
const commandsOf = (heading: string) =>
  page()
    .step(heading)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trimEnd().split('\n'));

const PLATFORM = 'kubectl apply -f dist/platform.k8s.yaml';
const SNAP: Handover = { source: 'prod', name: 'snap', target: 'dev' };
/** A content as somebody makes it by hand. */
const OWN = { ...content(SNAP, { driver: 'csi.example.com', source: { snapshotHandle: 'any' } }), metadata: { name: 'own' } };

let data: string;

beforeAll(async () => {
  const source = claim('prod', 'mysql-data', sized('csi-fast', '20Gi'));
  await api().applyAll([...['prod', 'dev', 'staging'].map(namespace), ...classesNamed('csi-fast'), source]);
  await claimMustBeBound(cluster(), source);
  data = await cluster().dataOf('prod', 'mysql-data');
  await seedDirectory(data, 'the orders of prod');
});

/** A machine that is busy may need longer than a reader who waits for three seconds. */
async function whoMustBeWritten(): Promise<void> {
  await cluster().eventually('the policy to write who makes a content', async () => {
    const { metadata } = await api().create(OWN, 'dryRun=All');
    expect(metadata.annotations).toHaveProperty(['example.com/written-by']);
  });
}

async function cloneMustHoldTheData(): Promise<void> {
  await claimMustBeBound(cluster(), addressOf('v1', 'PersistentVolumeClaim', 'mysql-2026-11-22', 'dev'));
  expect(await checksumOf(await cluster().dataOf('dev', 'mysql-2026-11-22'))).toBe(await checksumOf(data));
}

describe('docs/without-the-gate.md, done step by step,', () => {
  test('finds out who makes contents', async () => {
    // The text box of the page is what the next-to-last command says; the last one cleans up.
    const wrote: string[] = [];
    for (const { language, info, text } of page().step('Who makes contents')) {
      if (language === 'yaml') page().save(info, text);
    }
    for (const command of commandsOf('Who makes contents')) {
      wrote.push(await page().execute(command));
      if (command === 'sleep 3') await whoMustBeWritten();
    }
    expect(wrote.at(-2)?.split(' ').sort()).toEqual([SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER].sort());
    const [box] = page()
      .step('Who makes contents')
      .filter(({ language }) => language === 'text');
    expect(wrote.at(-2)).toBe(box.text.trimEnd());
    await mustBeGone(cluster(), snapshot('prod', 'ask', 'mysql-data'));
  });

  test('leads to a mounted copy in ten commands', async () => {
    expect(commandsOf(WAY)).toHaveLength(10);
    expect(commandsOf(WAY)).toContain(PLATFORM);
    await page().follow(WAY, 'kubectl apply -f dist/dev.k8s.yaml', {
      [PLATFORM]: () => mustBecomeRefused(cluster(), OWN, 'is made by admin'),
    });
    await cloneMustHoldTheData();
  });

  test('shows the content as the program makes it', async () => {
    const shown = page()
      .step('How it works')
      .filter(({ language }) => language === 'yaml')
      .map(({ text }) => text.trimEnd());
    const made = await page().execute('cat dist/dev.k8s.yaml');
    for (const text of shown) expect(made).toContain(text);
    expect(shown).toHaveLength(1);
  });
});

describe('what the page quotes is said', () => {
  const taken = (name: string): ApiObject => {
    const { spec, ...rest } = snapshot('prod', name, 'mysql-data');
    return { ...rest, spec: { ...spec, volumeSnapshotClassName: 'csi-fast' } };
  };

  test('without a grant, of content and claim', async () => {
    await mustBecomeRefused(
      cluster(),
      content(SNAP),
      documented(
        "accessing prod/snap of VolumeSnapshot dataSource from dev/snapshot-clone.prod.snap isn't allowed: no ReferenceGrant in namespace prod lets claims of namespace dev use this VolumeSnapshot",
      ),
    );
    await mustBecomeRefused(
      cluster(),
      localClaim(SNAP, 'claim'),
      documented(
        "accessing prod/snap of VolumeSnapshot dataSource from dev/claim isn't allowed: no ReferenceGrant in namespace prod lets claims of namespace dev use this VolumeSnapshot",
      ),
    );
  });

  test('of a source that is not ready, and of a handle written by hand', async () => {
    await api().apply(grant('prod', 'snap-to-dev', grantSpec('dev', 'snap')));
    await mustBecomeRefused(
      cluster(),
      content(SNAP),
      documented(
        'VolumeSnapshot prod/snap does not exist, is being deleted, or is not ready to use, so that VolumeSnapshotContent snapshot-clone.dev.prod.snap cannot be filled',
      ),
    );
    await mustBecomeRefused(
      cluster(),
      content(SNAP, { driver: 'csi.example.com', source: { snapshotHandle: 'made-up' } }),
      documented(
        'VolumeSnapshotContent snapshot-clone.dev.prod.snap says itself what it is filled from, but that is written by the cluster: write "source: {}" and leave out sourceVolumeMode',
      ),
    );
  });

  test('of a namespace that the policies do not know, and of a content that somebody makes by hand', async () => {
    const words = documented(
      'VolumeSnapshotContent snapshot-clone.dev.prod.snap is to be filled from VolumeSnapshot prod/snap, but namespace prod is not among the sourceNamespaces of PreProvisionedSnapshotPolicies',
      { prod: 'staging' },
    );
    await mustBecomeRefused(cluster(), content({ ...SNAP, source: 'staging' }), words);
    await mustBecomeRefused(
      cluster(),
      OWN,
      documented('is made by admin, who is no storage controller and may only make contents that hand a snapshot over'),
    );
  });

  test('of a storage controller that the policies do not know, in the events; and what has waited is done when they do', async () => {
    await api().applyAll(policies(['prod'], { storageControllers: [StorageController.user(SNAPSHOTTER_USER)] }));
    const words = documented('is made by admin, who is no storage controller and may only make contents that hand a snapshot over', {
      admin: SNAPSHOT_CONTROLLER_USER,
    });
    const own = { ...content(SNAP, { driver: 'csi.example.com', source: { volumeHandle: 'any' } }), metadata: { name: 'own' } };
    await cluster().eventually('the snapshot controller to be unknown', () => {
      expect(kubectl(cluster(), ['create', '--dry-run=server', `--as=${SNAPSHOT_CONTROLLER_USER}`], own).text).toContain(words);
    });
    const waiting = taken('waiting');
    await api().apply(waiting);
    await eventMustSay(cluster(), waiting, 'SnapshotContentCreationFailed', words);
    await page().execute('kubectl apply --server-side --force-conflicts -f dist/platform.k8s.yaml');
    await snapshotMustBeReady(cluster(), waiting);
  });

  test('of a claim by reference, which would be EMPTY', async () => {
    const reference = cloneOf('prod', 'mysql-2026-11-22', 'dev', 'by-reference');
    await mustBecomeRefused(
      cluster(),
      reference,
      documented(
        'enable the feature gate CrossNamespaceVolumeDataSource in kube-apiserver and in csi-provisioner, or, without the gate, share the snapshot with SnapshotAccess.PRE_PROVISIONED_SNAPSHOT',
      ),
    );
    expect(await api().find(reference)).toBeUndefined();
  });

  test('without the policies', async () => {
    await api().apply(taken('snap'));
    await snapshotMustBeReady(cluster(), taken('snap'));
    await page().execute('kubectl delete -f dist/platform.k8s.yaml');
    await cluster().eventually('the API server itself to refuse it', async () => {
      const { text } = kubectl(cluster(), ['create', '--dry-run=server'], content(SNAP) as ApiObject);
      expect(text).toContain(documented('spec.driver: Required value'));
    });
    await cloneMustHoldTheData();
  });
});
