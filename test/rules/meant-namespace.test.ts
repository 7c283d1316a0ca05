import { findingsIn } from '../../src/check/finding';
import { GRANT_RULES } from '../../src/rules/grants/rules';
import { ObjectSet } from '../../src/rules/object-set';
import { REFERENCE_RULES } from '../../src/rules/references/rules';
import { CLAIMS, claim, from, grant, REF, snapshot, to } from './manifest-parts';

/* A source that is in another namespace than the one that is named: the name is the mistake, and nobody should move a grant for it. */

const found = (manifests: readonly unknown[], external?: string[]) => [
  ...findingsIn(
    new ObjectSet(
      manifests.map((manifest) => ({ manifest })),
      { external },
    ),
    [...REFERENCE_RULES, ...GRANT_RULES],
  ),
];
const said = (rule: string, ...manifests: unknown[]) => found(manifests).filter((finding) => finding.rule === rule);
const question = (rule: string, ...manifests: unknown[]) => /the set holds.*/.exec(said(rule, ...manifests)[0]?.message ?? '')?.[0];

const slip = claim('data', { ...REF, namespace: 'prodd' });
const right = grant('mysql-to-dev', [from('dev')], [to('mysql')]);

describe('a claim that names another namespace than that of its source', () => {
  test('is asked whether that is meant, and the grant is left alone', () => {
    const [{ message, remediation }] = said('reference-not-granted', snapshot('mysql'), right, slip);
    expect(message).toBe(
      "accessing prodd/mysql of VolumeSnapshot dataSource from dev/data isn't allowed: the set holds VolumeSnapshot prod/mysql; is prod meant?",
    );
    expect(remediation).toBe(
      'Write prod instead of prodd where the claim names its source; if prodd is right and delivered elsewhere, name it with --external.',
    );
  });

  test('is told of a grant in the namespace that it names, which may be right after all', () => {
    const other = grant('files-to-dev', [from('dev')], [to('files')], 'a-prodd');
    const [{ message }] = said('reference-not-granted', snapshot('mysql'), right, other, claim('data', { ...REF, namespace: 'a-prodd' }));
    expect(message).toMatch(/; is prod meant\? If not: grant a-prodd\/files-to-dev allows VolumeSnapshot files, the claim asks for mysql$/);
  });

  test('is asked once: not again by whoever misses the source, and the grants that are right for it are in use', () => {
    const redis = grant('redis-to-dev', [from('dev')], [to('redis')], 'a-test');
    const asked = (...more: unknown[]) =>
      found([snapshot('mysql'), right, redis, claim('data', { ...REF, namespace: 'a-test' }), ...more])
        .filter(({ rule }) => rule !== 'guard-not-in-set')
        .map(({ rule, message }) => `${rule}${message.includes('meant?') ? ' asks' : ''}`);
    expect(asked()).toEqual(['reference-not-granted asks', 'source-not-in-set']);
    expect(asked(snapshot('redis', 'a-test'))).toEqual(['reference-not-granted asks', 'source-missing']);
  });

  test('is not asked where the source is in both', () => {
    expect(question('reference-not-granted', snapshot('mysql'), snapshot('mysql', 'prodd'), slip)).toBeUndefined();
  });

  test('is not asked where it is said to be delivered elsewhere', () => {
    expect(found([snapshot('mysql'), right, slip], ['prodd']).filter(({ message }) => message.includes('meant?'))).toEqual([]);
  });

  test('is not told to write the namespace of a set that holds another kind, or another name', () => {
    expect(question('reference-not-granted', claim('mysql', undefined, 'prod'), snapshot('mysql2'), slip)).toBeUndefined();
  });
});

describe('of several namespaces with such a source', () => {
  const held = (...namespaces: string[]) => namespaces.map((namespace) => snapshot('mysql', namespace));

  test('those are told that a grant opens', () => {
    expect(question('reference-not-granted', ...held('a', 'prod'), right, slip)).toBe(
      'the set holds VolumeSnapshot prod/mysql; is prod meant?',
    );
  });

  test('all are told where none is opened', () => {
    expect(question('reference-not-granted', ...held('a', 'b'), slip)).toBe(
      'the set holds VolumeSnapshot a/mysql and b/mysql; is a or b meant?',
    );
  });

  test('none is told where the name is everywhere', () => {
    expect(question('reference-not-granted', ...held('a', 'b', 'c', 'd'), slip)).toBeDefined();
    expect(question('reference-not-granted', ...held('a', 'b', 'c', 'd', 'e'), slip)).toBeUndefined();
  });
});

describe('a claim that names no namespace', () => {
  const local = claim('data', { ...REF, namespace: undefined });

  test.each(['source-not-in-set', 'source-missing'])('%s: is told how it would name that of its source', (rule) => {
    const shown = rule === 'source-missing' ? [snapshot('files', 'dev')] : [];
    const [{ message, remediation }] = said(rule, snapshot('mysql'), local, ...shown);
    expect(message).toMatch(/; the set holds VolumeSnapshot prod\/mysql; is prod meant\?$/);
    expect(remediation).toBe(
      'Write namespace: prod into the dataSourceRef of the claim; if dev is right and delivered elsewhere, name it with --external.',
    );
  });
});

describe('a source that is a claim', () => {
  const volume = (name: string) => claim('copy', { kind: CLAIMS.kind, name, namespace: 'prodd' });

  test('may be one that a StatefulSet makes', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'mysql', namespace: 'prod' },
      spec: { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] },
    };
    expect(question('reference-not-granted', set, volume('data-mysql-0'))).toBe(
      'the set holds PersistentVolumeClaim prod/data-mysql-0; is prod meant?',
    );
  });

  test('is not meant to be another clone of the same name', () => {
    const clone = claim('mysql', { kind: CLAIMS.kind, name: 'mysql', namespace: 'prodd' }, 'test');
    expect(question('reference-not-granted', clone, volume('mysql'))).toBeUndefined();
    expect(question('reference-not-granted', claim('mysql', undefined, 'test'), volume('mysql'))).toBeDefined();
  });
});

describe('a namespace that cannot exist', () => {
  test('needs no grant in it, but another name', () => {
    const [{ message, remediation }] = said('reference-not-granted', claim('data', { ...REF, namespace: 'Prod' }));
    expect(message).toMatch(/isn't allowed: no namespace is called 'Prod', which must be a DNS label: 1 to 63 of a-z/);
    expect(remediation).toBe('Correct the namespace where the claim names its source.');
  });

  test('is not delivered elsewhere either', () => {
    const [{ remediation }] = said('reference-not-granted', snapshot('mysql'), claim('data', { ...REF, namespace: 'Prod' }));
    expect(remediation).toBe("Write prod instead of 'Prod' where the claim names its source.");
  });

  test('is seen for what it is, if only a space is too much', () => {
    const [{ remediation }] = said('reference-not-granted', snapshot('mysql'), claim('data', { ...REF, namespace: 'prod ' }));
    expect(remediation).toBe("Write prod instead of 'prod ' where the claim names its source.");
  });
});
