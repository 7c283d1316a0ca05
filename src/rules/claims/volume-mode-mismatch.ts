import type { Claim } from '../claim';
import { ClaimIndex, type ShownSource } from '../claim-index';
import { isMisspelled } from '../field-names';
import { at } from '../fields';
import { CLAIM_SPEC } from '../known-fields';
import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { shown } from '../shown';
import { isVolumeMode, volumeModeOf } from '../volume-mode';

/** On the content, this lets a claim read the copy in the other mode. */
const ALLOW_CHANGE = 'snapshot.storage.kubernetes.io/allow-volume-mode-change';

export const volumeModeMismatch: Rule = {
  id: 'volume-mode-mismatch',
  severity: 'error',
  sentence: 'A claim that is filled from a source has the volume mode of that source.',
  why: 'csi-provisioner refuses with `requested volume NS/NAME modifies the mode of the source volume but does not have permission to do so`, and the claim stays Pending. A claim that names no mode asks for Filesystem.',
  remediation: 'Set spec.volumeMode to the mode of the source.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#convert-volume-mode',

  judge(set, say) {
    const claims = ClaimIndex.of(set);
    for (const claim of set.claims) {
      if (!claim.reference) continue;
      say(claim.object, faultOf(claim, claims.sourceOf(claim)));
    }
  },
};

function faultOf(claim: Claim, source: ShownSource): Fault | undefined {
  const own = volumeModeOf(claim.spec);
  const what = () => `volumeMode of claim ${claim.namespace}/${claim.name} is ${shown(own)}`;
  if (!isVolumeMode(own)) return { message: `${what()}, but must be Filesystem or Block`, node: claim.spec };
  const needed = modeOf(source);
  if (!needed || needed.mode === own || isMisspelled(claim.spec, CLAIM_SPEC, 'volumeMode')) return undefined;
  const unsaid = at(claim.spec, 'volumeMode') === undefined ? ', the default' : '';
  return { message: `${what()}${unsaid}, but must be '${needed.mode}', that of ${needed.saidBy}`, node: claim.spec };
}

function modeOf({ snapshot, content, claim }: ShownSource): { readonly mode: string; readonly saidBy: string } | undefined {
  if (content) {
    if (at(content.manifest, 'metadata', 'annotations', ALLOW_CHANGE) === 'true') return undefined;
    const mode = at(content.manifest, 'spec', 'sourceVolumeMode');
    if (isVolumeMode(mode)) return { mode, saidBy: titleOf(content) };
  }
  if (!claim) return undefined;
  const mode = volumeModeOf(claim.spec);
  const through = snapshot ? `, of which ${titleOf(snapshot)} is taken` : '';
  return isVolumeMode(mode) ? { mode, saidBy: `PersistentVolumeClaim ${claim.namespace}/${claim.name}${through}` } : undefined;
}
