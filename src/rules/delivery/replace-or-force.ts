import { GRANT_KIND } from '../../reference/reference';
import { at, text } from '../fields';
import { faultsIn, type Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { storageObjects } from '../storage-kinds';
import { annotation, syncOptionsOf } from '../sync-wave';

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const OPTIONS = ['Replace=true', 'Force=true'];
const FLUX_FORCE = 'kustomize.toolkit.fluxcd.io/force';

export const replaceOrForce: Rule = {
  id: 'replace-or-force',
  severity: 'error',
  sentence: 'No claim, snapshot or content is replaced or recreated by the tool that delivers it.',
  why: 'A claim never changes its spec, so Replace fails, and Force deletes it, with its volume, to make it anew. A snapshot that is made anew under the old name holds the data of today.',
  remediation: 'Remove the option from this object; new data is a new object of another name.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',

  judge(set, say) {
    for (const object of storageObjects(set)) {
      if (object.kind === GRANT_KIND) continue;
      if (object.annotations === undefined && at(object.manifest, 'metadata', 'labels') === undefined) {
        say(object);
        continue;
      }
      const node = object.annotations ?? at(object.manifest, 'metadata');
      say(
        object,
        faultsIn(optionsOf(object), ({ key, value }) => ({
          message: `${key} of ${titleOf(object)} is '${value}', but must not be there: what holds data is never replaced, and made anew it holds other data`,
          node,
        })),
      );
    }
  },
};

function optionsOf(object: SetObject): { readonly key: string; readonly value: string }[] {
  const said = syncOptionsOf(object)
    .filter((option) => OPTIONS.includes(option))
    .map((value) => ({ key: SYNC_OPTIONS, value }));
  // Flux reads it as an annotation and as a label.
  const flux = [annotation(object, FLUX_FORCE), at(object.manifest, 'metadata', 'labels', FLUX_FORCE)].map(text);
  const forced = flux.find((value) => value.toLowerCase() === 'enabled');
  return forced === undefined ? said : [...said, { key: FLUX_FORCE, value: forced }];
}
