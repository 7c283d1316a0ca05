import { App, Chart, Size } from 'cdk8s';
import { Images } from '../../examples/boot-images/images';
import { type Machine, Tenant } from '../../examples/boot-images/tenant';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { itsPodsAreFitForProduction } from './pod-rules';
import { type KubernetesObject, mountersOf, ofKind, podOf, Synthesis, waveOf } from './synthesis';

const synthesis = new Synthesis('boot-images');
const all = synthesis.objects();
const owner = synthesis.objects('images/');
const TENANTS = ['tenant-blue', 'tenant-green'];
const disks = ofKind('PersistentVolumeClaim', all).filter(({ metadata }) => metadata.namespace !== 'images');

test.each([...synthesis.files])('%s is what it was', (_path, text) => {
  expect(text).toMatchSnapshot();
});

test('the images and each tenant are folders of their own, for Applications of their own', () => {
  expect(synthesis.folders).toEqual(['images', ...TENANTS]);
  for (const folder of synthesis.folders)
    for (const { metadata } of synthesis.objects(`${folder}/`)) expect(metadata.namespace).toBe(folder);
});

test('every reference resolves and is granted', () => {
  const verdicts = verdictsOf(setOf(all));
  expect(verdicts.map(({ reference: { claim, source } }) => `${claim.namespace}/${claim.name} from ${source.name}`)).toEqual([
    'tenant-blue/shop-disk-2026-11 from alpine-2026-11',
    'tenant-blue/wiki-disk-2026-08 from alpine-2026-08',
    'tenant-green/forum-disk-2026-11 from alpine-2026-11',
  ]);
  expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
});

test('the image is written, then copied: the snapshot comes a wave after the Job that fills its source', () => {
  const [source] = ofKind('PersistentVolumeClaim', owner);
  const writers = mountersOf(source, owner);
  expect(writers.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Job write-alpine-2026-11']);
  expect(new Set([source, ...writers].map(waveOf))).toEqual(new Set([0]));
  expect(new Set(ofKind('VolumeSnapshot', owner).map(waveOf))).toEqual(new Set([1]));
  expect(new Set(ofKind('ReferenceGrant', owner).map(waveOf))).toEqual(new Set([-1]));
});

test('every disk is a block volume larger than the image', () => {
  const [{ spec: image }] = ofKind('PersistentVolumeClaim', owner);
  expect(image).toMatchObject({ volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } });
  for (const { spec } of disks) {
    expect(spec).toMatchObject({ volumeMode: 'Block', resources: { requests: { storage: expect.stringMatching(/^\d{2}Gi$/) } } });
  }
});

test('a disk is attached to one machine, as the device that it starts from, and mounted nowhere', () => {
  for (const disk of disks) {
    const [machine, ...others] = mountersOf(disk, all);
    expect(others).toEqual([]);
    expect({ kind: machine.kind, replicas: machine.spec.replicas, wave: waveOf(machine) }).toEqual({
      kind: 'StatefulSet',
      replicas: 1,
      wave: waveOf(disk),
    });
    const [{ args, volumeDevices, volumeMounts }] = podOf(machine).containers;
    expect(volumeDevices).toEqual([{ name: 'disk', devicePath: '/dev/disk' }]);
    expect(volumeMounts.map(({ name }: { name: string }) => name)).toEqual(['tmp']);
    expect(args[args.indexOf('-drive') + 1]).toMatch(/^file=\/dev\/disk,format=raw,/);
  }
});

test('no prune and no deleted Application takes the disk of a machine', () => {
  for (const { metadata } of disks) expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
});

test('every machine has an identity of its own', () => {
  const serials = ofKind('StatefulSet', all).map((machine) => {
    const [{ args }] = podOf(machine).containers;
    return args[args.indexOf('-smbios') + 1];
  });
  expect(new Set(serials).size).toBe(disks.length);
});

test('an image is written only when it is the one that the list names', () => {
  const [job] = ofKind('Job', owner);
  const [{ command, env }] = podOf(job).initContainers;
  expect(command.at(-1)).toMatch(/; echo "\$IMAGE_SHA256 {2}\/download\/image\.qcow2" \| sha256sum -c$/);
  expect(env).toContainEqual({ name: 'IMAGE_SHA256', value: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

itsPodsAreFitForProduction(() => all);

describe('a new image', () => {
  const wiki: Machine = { name: 'wiki', image: 'a', disk: Size.gibibytes(10), memory: Size.gibibytes(1) };
  const tenantOf = (objects: KubernetesObject[]) => objects.filter(({ metadata }) => metadata.namespace === 'tenant');

  test('is another Job, and changes no machine', () => {
    const [before, after] = [made(['a'], [wiki]), made(['b', 'a'], [wiki])];
    expect(tenantOf(after)).toEqual(tenantOf(before));
    expect(ofKind('Job', after).map(({ metadata }) => metadata.name)).toEqual(['write-alpine-b']);
  });

  test('lets an old one go when the machines that came of it are born: their claims stay as they are, their grant goes', () => {
    const [before, after] = [made(['b', 'a'], [wiki]), made(['b'], [{ ...wiki, born: true }])];
    expect(tenantOf(after)).toEqual(tenantOf(before));
    expect(ofKind('ReferenceGrant', after)).toEqual([]);
  });

  test('does not let one go that a machine is still to be born from', () => {
    expect(() => made(['b'], [wiki])).toThrow("does not offer the generation 'a', it offers 'b'");
  });
});

function made(versions: string[], machines: Machine[]): KubernetesObject[] {
  const app = new App();
  const images = versions.map((version) => ({ version, sha256: '0'.repeat(64) }));
  new Tenant(app, 'tenant', new Images(app, 'images', images).alpine, machines);
  return app.node.children.filter(Chart.isChart).flatMap((chart) => chart.toJson());
}
