import { ObjectSet } from '../../src/rules/object-set';
import { objectsIn } from '../../src/rules/set-object';
import { areDeliveredTogether, deliveryOf, hooksOf, speaksToArgoCd, syncOptionsOf, trackedBy } from '../../src/rules/sync-wave';
import { applicationOf, earlierManifestOf, placeOf } from '../../src/rules/twice';

const ARGO_CD = 'argocd.argoproj.io';
const TRACKING = `${ARGO_CD}/tracking-id`;
const INSTANCE = 'app.kubernetes.io/instance';
const tracked = (application: string) => ({ annotations: { [TRACKING]: `${application}:/X:dev/x` } });
const labelled = (application: string) => ({ labels: { [INSTANCE]: application } });

const manifestOf = (metadata: object = {}, kind = 'PersistentVolumeClaim') => ({
  apiVersion: kind.startsWith('VolumeSnapshot') ? 'snapshot.storage.k8s.io/v1' : 'v1',
  kind,
  metadata: { name: 'x', ...metadata },
});
const placed = (file: string | undefined, metadata?: object, kind?: string) => ({
  manifest: manifestOf(metadata, kind),
  origin: file === undefined ? undefined : { file, line: 1 },
});
const object = (file: string | undefined, metadata?: object) => objectsIn(placed(file, metadata), 'dev')[0];

describe('two objects are delivered together', () => {
  const some = { annotations: { any: 'x' } };
  const hook = { annotations: { [`${ARGO_CD}/hook`]: 'Sync' } };
  type Case = [what: string, are: boolean, one: ReturnType<typeof object>, other: ReturnType<typeof object>];

  test.each<Case>([
    ['of one file', true, object('a/x.yaml'), object('a/x.yaml')],
    ['of one folder', true, object('a/x.yaml'), object('a/y.yaml')],
    ['of one folder, of which one has annotations', true, object('a/x.yaml'), object('a/y.yaml', some)],
    ['of no file', true, object(undefined), object(undefined)],
    ['of no file and of no folder', true, object(undefined), object('x.yaml')],
    ['of one Application in two folders', true, object('a/x.yaml', tracked('shop')), object('b/x.yaml', tracked('shop'))],
    ['of two folders', false, object('a/x.yaml'), object('b/x.yaml')],
    ['of two folders of which one is in the other', false, object('a/x.yaml'), object('a/b/x.yaml')],
    ['of two Applications in one file', false, object('a/x.yaml', tracked('shop')), object('a/x.yaml', tracked('other'))],
    ['of an Application and of nobody in one file', false, object('a/x.yaml', tracked('shop')), object('a/x.yaml')],
    ['of which one is a hook', false, object('a/x.yaml'), object('a/x.yaml', hook)],
    ['which are hooks', false, object('a/x.yaml', hook), object('a/x.yaml', hook)],
  ])('%s: %p', (_, are, one, other) => {
    expect([areDeliveredTogether(one, other), areDeliveredTogether(other, one)]).toEqual([are, are]);
  });

  test.each([
    ['folder ', object(undefined)],
    ['folder ', object('x.yaml')],
    ['folder a/b/', object('a/b/x.yaml')],
    ['folder a\\b\\', object('a\\b\\x.yaml')],
    ['application shop', object('a/x.yaml', tracked('shop'))],
  ])("if both are of the delivery '%s'", (delivery, one) => {
    expect(deliveryOf(one)).toBe(delivery);
  });
});

describe('annotations of Argo CD', () => {
  test.each<[unknown, boolean]>([
    [undefined, false],
    [null, false],
    ['argocd.argoproj.io/hook', false],
    [{ any: ARGO_CD }, false],
    [{ [ARGO_CD]: 'x' }, false],
    [{ any: 'x', [`${ARGO_CD}/hook`]: 5 }, true],
  ])('are spoken in %j: %p', (annotations, speaks) => {
    expect(speaksToArgoCd(object('x.yaml', { annotations }))).toBe(speaks);
  });

  test('may hold several options, and of hooks those of Helm as well', () => {
    const one = (key: string, value: unknown) => object('x.yaml', { annotations: { [key]: value } });
    expect(syncOptionsOf(one(`${ARGO_CD}/sync-options`, 'Prune=false, Replace=true'))).toEqual(['Prune=false', 'Replace=true']);
    expect(hooksOf(one('helm.sh/hook', 'post-install'))).toEqual(['helm.sh/hook']);
    expect(hooksOf(one('helm.sh/hook', 5))).toEqual([]);
    expect([trackedBy(one(TRACKING, 'shop')), trackedBy(one(TRACKING, ':x'))]).toEqual([undefined, '']);
  });
});

test.each<[object, string | undefined]>([
  [{}, undefined],
  [labelled('shop'), 'shop'],
  [labelled(''), undefined],
  [tracked('shop'), 'shop'],
  [{ ...labelled('other'), ...tracked('shop') }, 'shop'],
])('an object with %j is of the application %p', (metadata, application) => {
  expect(applicationOf(object('x.yaml', metadata))).toBe(application);
});

describe('an object is in the set before', () => {
  const earlier = (...all: ReturnType<typeof placed>[]) => {
    const set = new ObjectSet(all);
    const found = earlierManifestOf(set, set.objects.at(-1)!);
    return found && { index: set.objects.indexOf(found.object), isOfOtherApplication: found.isOfOtherApplication };
  };
  const own = { index: 0, isOfOtherApplication: false };
  const namespace = 'dev';

  test.each<[string, ReturnType<typeof placed>[], object]>([
    ['in one folder', [placed('a/x.yaml'), placed('a/y.yaml')], own],
    ['in two folders, with its namespace', [placed('a/x.yaml', { namespace }), placed('b/x.yaml', { namespace })], own],
    ['in two folders, if it has no namespace', ['a', 'b'].map((name) => placed(`${name}/x.yaml`, {}, 'VolumeSnapshotClass')), own],
    ['as the first of three', [placed('a.yaml'), placed('b.yaml'), placed('c.yaml')], own],
  ])('%s', (_, all, found) => {
    expect(earlier(...all)).toEqual(found);
  });

  test.each<[string, ReturnType<typeof placed>[]]>([
    ['under another name', [placed('x.yaml'), placed('x.yaml'), placed('x.yaml', { name: 'y' })]],
    ['without a name', [placed('x.yaml', { name: '' }), placed('x.yaml', { name: '' })]],
    ['in another folder, and perhaps in another namespace', [placed('a/x.yaml'), placed('b/x.yaml')]],
  ])('but not %s', (_, all) => {
    expect(earlier(...all)).toBeUndefined();
  });

  test.each<[string, object, object, boolean]>([
    ['one application', tracked('shop'), tracked('shop'), false],
    ['two applications', labelled('shop'), labelled('other'), true],
    ['one that is not said, and one', {}, labelled('shop'), false],
    ['one, and one that is not said', labelled('shop'), {}, false],
    ['none', {}, {}, false],
  ])('of %s', (_, first, second, isOfOtherApplication) => {
    const all = [first, second].map((metadata) => placed('a/x.yaml', { namespace, ...metadata }));
    expect(earlier(...all)).toEqual({ index: 0, isOfOtherApplication });
  });

  test('at a place that can be named, if it came from a file', () => {
    expect([placeOf(object('a/x.yaml')), placeOf(object(undefined))]).toEqual(['a/x.yaml:1', 'an earlier manifest']);
  });
});
