import { isMisspelled } from '../field-names';
import { at, list } from '../fields';
import { CLAIM, METADATA } from '../known-fields';
import { type Fault, faultsIn, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { storageObjectsAndClasses } from '../storage-kinds';

export const nameMissing: Rule = {
  id: 'name-missing',
  severity: 'error',
  sentence: 'A claim, snapshot, content, class or grant has a name, and so has the template of a claim.',
  why: 'The API server refuses the object: `metadata.name: Required value: name or generateName is required`. Often it is a template whose variable nobody has set. Nothing can refer to it, and no other rule can tell what does.',
  remediation: 'Write metadata.name; or, for objects that nobody refers to, metadata.generateName.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',

  judge(set, say) {
    for (const object of storageObjectsAndClasses(set)) {
      const { manifest, kind, namespace } = object;
      const title = namespace ? `a ${kind} of namespace ${namespace}` : `a ${kind}`;
      say(object, object.name === '' ? faultOf(manifest, title) : undefined);
    }
    for (const object of set.ofKind('apps', 'StatefulSet')) {
      const templates = list(at(object.manifest, 'spec', 'volumeClaimTemplates'));
      const titleIn = (index: number) => `spec.volumeClaimTemplates[${index}] of ${titleOf(object)}`;
      if (templates.length > 0) {
        say(
          object,
          faultsIn(templates, (template, index) => faultOf(template, titleIn(index))),
        );
      }
    }
  },
};

/** A name of a wrong type, or under a wrong name, is told by other rules. */
function faultOf(node: unknown, title: string): Fault | undefined {
  const metadata = at(node, 'metadata');
  const isNamed = ['name', 'generateName'].some((field) => (at(metadata, field) ?? '') !== '');
  if (isNamed || isMisspelled(metadata, METADATA, 'name') || isMisspelled(node, CLAIM, 'metadata')) return undefined;
  return { message: `${title} has no metadata.name, but must have one`, node: metadata ?? node };
}
