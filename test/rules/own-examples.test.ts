import * as yaml from 'js-yaml';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet, type ObjectSetOptions } from '../../src/rules/object-set';
import type { PlacedManifest } from '../../src/rules/set-object';
import { Synthesis } from '../examples/synthesis';

const synthesized = new Map<string, Synthesis>();

function manifestsOf(example: string): PlacedManifest[] {
  const synthesis = synthesized.get(example) ?? new Synthesis(example);
  synthesized.set(example, synthesis);
  return [...synthesis.files].flatMap(([path, text]) =>
    yaml.loadAll(text).map((manifest) => ({ manifest, origin: { file: `${example}/${path}`, line: 1 } })),
  );
}

function complaintsAbout(manifests: readonly PlacedManifest[], options?: ObjectSetOptions) {
  const findings = [...findingsIn(new ObjectSet(manifests, options), ALL_RULES)];
  return findings.filter(({ severity }) => severity !== 'info');
}

/** The rules that have looked at some of the manifests. */
function looksAt(manifests: readonly PlacedManifest[]): string[] {
  const set = new ObjectSet(manifests);
  return ALL_RULES.filter((rule) => [...rule.judge(set)].length > 0).map(({ id }) => id);
}

describe('no rule has an error or a warning', () => {
  test.each(['boot-images', 'test-data', 'training-data', 'wordpress', 'initial-data/owner'])('for the example %s', (example) => {
    expect(complaintsAbout(manifestsOf(example))).toEqual([]);
  });

  test("for the consumer's side of initial-data, whose source namespace is delivered elsewhere", () => {
    expect(complaintsAbout(manifestsOf('initial-data/consumer'), { external: ['geodata'] })).toEqual([]);
  });

  test('for both sides of initial-data together', () => {
    expect(complaintsAbout([...manifestsOf('initial-data/owner'), ...manifestsOf('initial-data/consumer')])).toEqual([]);
  });
});

test('the silence is not for want of objects', () => {
  expect(looksAt([...manifestsOf('wordpress'), ...manifestsOf('boot-images')])).toEqual(
    expect.arrayContaining([
      'reference-not-granted',
      'claim-smaller-than-source',
      'volume-mode-mismatch',
      'block-claim-mounted-as-files',
      'snapshot-source',
      'duplicate-object',
      'claim-before-grant',
      'snapshot-before-source',
      'snapshot-beside-source',
      'consumer-before-claim',
      'rotation-without-prune-last',
    ]),
  );
});
