import { findingsIn } from '../../src/check/finding';
import { GRANT_RULES } from '../../src/rules/grants/rules';
import { ObjectSet } from '../../src/rules/object-set';
import { REFERENCE_RULES } from '../../src/rules/references/rules';
import { CLAIMS, claim, from, grant, INTENT, REF, SNAPSHOTS, snapshot, to } from './manifest-parts';

/* One mistake, told where it was made, and not by every rule that it leads to. */

function found(manifests: readonly unknown[], external: string[] = []): string[] {
  const set = new ObjectSet(
    manifests.map((manifest) => ({ manifest })),
    { external },
  );
  return [...findingsIn(set, [...REFERENCE_RULES, ...GRANT_RULES])]
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, object }) => `${rule} ${object.namespace}/${object.name}`);
}

const infos = (manifests: readonly unknown[], external: string[] = []) => {
  const set = new ObjectSet(
    manifests.map((manifest) => ({ manifest })),
    { external },
  );
  return [...findingsIn(set, REFERENCE_RULES)]
    .filter(({ severity }) => severity === 'info')
    .map(({ rule, message }) => `${rule}: ${message}`);
};

describe('a claim without a grant', () => {
  test('is one finding, however many of its fields a grant gets wrong', () => {
    const near = grant('near', [from('dev')], [to('mysql2')]);
    // The grant covers nothing either, but that is the same mistake.
    expect(found([snapshot('mysql'), near, claim('data', REF)])).toEqual(['reference-not-granted dev/data']);
  });

  test('whose halves are in two grants that nobody else uses is told at the grant as well', () => {
    const halves = [grant('a', [from('dev')], [to('x')]), grant('b', [from('y')], [to('mysql')])];
    expect(found([snapshot('mysql'), ...halves, claim('data', REF), claim('more', REF)])).toEqual([
      'reference-not-granted dev/data',
      'reference-not-granted dev/more',
      'grant-split prod/a',
    ]);
  });

  test('is no split where the two grants are of use to others', () => {
    const others = [claim('x', { ...REF, name: 'x' }), claim('y', REF, 'y')];
    const halves = [grant('a', [from('dev')], [to('x')]), grant('b', [from('y')], [to('mysql')])];
    expect(found([snapshot('mysql'), snapshot('x'), ...halves, ...others, claim('data', REF)])).toEqual(['reference-not-granted dev/data']);
  });

  test('in a namespace that is delivered elsewhere cannot be judged', () => {
    expect(found([claim('data', REF)])).toEqual(['reference-not-granted dev/data']);
    expect(found([claim('data', REF)], ['prod'])).toEqual([]);
    expect(infos([claim('data', REF)], ['prod'])[0]).toMatch(/^source-not-in-set: .* namespace prod is said to be delivered elsewhere/);
    // Not even where the set shows the source: who says so may be wrong, and must see it.
    expect(infos([snapshot('mysql'), claim('data', REF)], ['prod'])[0]).toMatch(
      /^source-not-in-set: .* namespace prod is said to be delivered elsewhere, so it is not judged whether a grant covers the claim$/,
    );
  });

  test('that copies a handed-over snapshot is refused like one that names the original', () => {
    const handedOver = claim('data', { ...REF, namespace: undefined, name: 'snapshot-clone.prod.mysql' });
    expect(found([snapshot('mysql'), handedOver])).toEqual(['reference-not-granted dev/data']);
    expect(found([snapshot('mysql'), handedOver, grant('right', [from('dev')], [to('mysql')])])).toEqual([]);
  });
});

describe('a grant that covers nothing', () => {
  const unused = grant('unused', [from('dev')], [to('mysql')]);

  test('is judged where the set shows all its namespaces', () => {
    expect(found([unused])).toEqual([]);
    expect(found([unused, claim('data')])).toEqual(['grant-covers-nothing prod/unused']);
    expect(found([unused, claim('data')], ['dev'])).toEqual([]);
    expect(found([grant('two', [from('dev'), from('test')], [to('mysql')]), claim('data')])).toEqual([]);
  });

  test('is of use where a handed-over snapshot rests on it, before any claim does', () => {
    expect(found([unused, claim('data'), snapshot('snapshot-clone.prod.mysql', 'dev')])).toEqual([]);
    expect(found([unused, claim('data'), snapshot('snapshot-clone.prod.other', 'dev')])).toEqual(['grant-covers-nothing prod/unused']);
  });

  test('is not told where another rule says why', () => {
    const core = grant('core', [{ ...CLAIMS, group: 'core', namespace: 'dev' }], [to('mysql')]);
    const star = grant('star', [from('dev')], [to('*')]);
    expect(found([core, star, claim('data')])).toEqual(['grant-from-group-not-core prod/core', 'grant-wildcard prod/star']);
  });

  test('of every name is of use if any object is asked for', () => {
    expect(found([grant('all', [from('dev')], [SNAPSHOTS]), snapshot('mysql'), claim('data', REF)])).toEqual(['grant-too-wide prod/all']);
  });
});

test('grants about other things than claims are none of our business', () => {
  const route = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' };
  const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'web' };
  const odd = [
    grant('routes', [route], [{ group: '', kind: 'Service' }]),
    { ...grant('secrets', [gateway], [{ group: '', kind: 'Secret' }]), apiVersion: 'gateway.networking.k8s.io/v1alpha2' },
    grant('half', [route], []),
    grant('no-kind', [route], [{ group: '', name: 'x' }]),
  ];
  expect(found([...odd, claim('data', undefined, 'web')])).toEqual([]);
});

test('a grant about nothing may have been meant for claims, and what it lacks is told by one rule', () => {
  const nameless = { group: '', namespace: 'dev' };
  expect(found([grant('empty', [], [])])).toEqual(['grant-incomplete prod/empty']);
  expect(found([grant('nameless', [nameless], [])])).toEqual(['grant-incomplete prod/nameless']);
  expect(found([grant('blank', [{}], [{}])])).toEqual(Array(3).fill('grant-incomplete prod/blank'));
  expect(found([grant('half', [from('dev')], [])])).toEqual(['grant-split prod/half']);
  expect(found([grant('half', [], [to('mysql')])])).toEqual(['grant-split prod/half']);
  expect(found([grant('unset', [from('')], [to('mysql')])])).toEqual(['empty-namespace prod/unset']);
  expect(found([grant('group', [{ kind: CLAIMS.kind, namespace: 'dev' }], [to('mysql')])])).toEqual([
    'grant-from-group-not-core prod/group',
  ]);
});

test('of an entry without its kind every other mistake of the grant is told all the same', () => {
  expect(
    found([
      grant(
        'wrong',
        [
          { group: '', namespace: 'dev' },
          { ...from('dev'), group: 'core' },
        ],
        [to('*')],
      ),
    ]),
  ).toEqual(['grant-incomplete prod/wrong', 'grant-from-group-not-core prod/wrong', 'grant-wildcard prod/wrong']);
});

test('one grant with many mistakes is told of each', () => {
  const wrong = {
    ...grant('wrong', [{ kind: 'pvc', namespace: 'prod' }], [{ group: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', name: '*' }]),
    apiVersion: 'gateway.networking.k8s.io/v1alpha2',
  };
  expect(found([wrong])).toEqual([
    'kind-spelling prod/wrong',
    'grant-version-not-served prod/wrong',
    'grant-in-target-namespace prod/wrong',
    'grant-from-group-not-core prod/wrong',
    'grant-to-group-versioned prod/wrong',
    'grant-wildcard prod/wrong',
  ]);
});

describe('the annotation with the expected source', () => {
  const intent = (value: string) => ({ [INTENT]: value });

  test('means the original where the claim copies a handed-over snapshot', () => {
    const handedOver = { ...REF, namespace: undefined, name: 'snapshot-clone.prod.mysql' };
    const rest = [snapshot('mysql'), grant('right', [from('dev')], [to('mysql')])];
    const original = intent('VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql');
    const local = intent('VolumeSnapshot.snapshot.storage.k8s.io/dev/snapshot-clone.prod.mysql');
    expect(found([...rest, claim('data', handedOver, 'dev', original)])).toEqual([]);
    expect(found([...rest, claim('data', handedOver, 'dev', local)])).toEqual(['intent-differs dev/data']);
  });

  test('beside a reference without a name is told, and so is the reference', () => {
    const nameless = claim('data', { ...REF, name: '' }, 'dev', intent('VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql'));
    expect(found([nameless])).toEqual(['reference-incomplete dev/data', 'intent-differs dev/data']);
  });
});

describe('the guard', () => {
  const guardInfos = (manifests: readonly unknown[]) => infos(manifests).filter((info) => info.startsWith('guard-not-in-set'));

  test('is missed once for the whole set', () => {
    const [only, ...more] = guardInfos([claim('a', REF), claim('b', REF), claim('c', { ...REF, namespace: undefined })]);
    expect(only).toContain(
      'PersistentVolumeClaim dev/a names VolumeSnapshot.snapshot.storage.k8s.io prod/mysql (and 1 more claim names one in another namespace), and',
    );
    expect(more).toEqual([]);
  });

  test('is not missed where no claim names another namespace', () => {
    expect(guardInfos([claim('a', { ...REF, namespace: 'dev' }), claim('b')])).toEqual([]);
  });
});

describe('a kind is spelled', () => {
  const spelled = (kind: string) => found([claim('a', { apiGroup: SNAPSHOTS.group, kind, name: 'mysql' })]);

  test.each(['volumesnapshot', 'VolumeSnapshots', 'volumesnapshots', 'vs', 'VolumeSnaphsot', 'Snapshot', 'PVC'])(
    'wrongly as %s',
    (kind) => {
      expect(spelled(kind)).toEqual(['kind-spelling dev/a']);
    },
  );

  test.each(['VolumeSnapshotContent', 'VolumeGroupSnapshot', 'Pod'])('rightly as %s, and means something else', (kind) => {
    expect(spelled(kind)).toEqual(['unsupported-kind dev/a']);
  });

  test('as its own group likes', () => {
    expect(found([claim('a', { apiGroup: 'example.com', kind: 'VolumeSnapshots', name: 'x' })])).toEqual([]);
  });
});
