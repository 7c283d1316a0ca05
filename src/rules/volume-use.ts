import type { Claim } from './claim';
import { ClaimIndex } from './claim-index';
import { at, list, text } from './fields';
import type { ObjectSet } from './object-set';
import { oncePerSet } from './once-per-set';
import type { SetObject } from './set-object';

/** How a container sees a volume, and the part of the manifest that says so. */
export interface Attachment {
  readonly container: string;
  readonly node: unknown;
}

/** One claim in the pods of one workload. */
export interface VolumeUse {
  /** The workload. */
  readonly object: SetObject;
  readonly claim: Claim;
  /** The name of the volume in the pod. */
  readonly volume: string;
  /** Whether the pod can only read it. */
  readonly readOnly: boolean;
  /** The containers that see files. */
  readonly mounts: readonly Attachment[];
  /** The containers that see a block device. */
  readonly devices: readonly Attachment[];
}

/** A volume of a workload whose claim the set does not show in the workload's namespace. */
export interface LooseVolume {
  /** The workload. */
  readonly object: SetObject;
  readonly claimName: string;
  /** The part of the manifest that names it. */
  readonly node: unknown;
}

/** Which workloads of a set use which of its claims. */
export class VolumeUses {
  public static readonly of = oncePerSet((set) => new VolumeUses(set));

  public readonly all: readonly VolumeUse[];
  /** What is mounted, and not shown. Nearly always it is delivered elsewhere. */
  public readonly loose: readonly LooseVolume[];
  private readonly byClaim = new Map<Claim, VolumeUse[]>();

  private constructor(set: ObjectSet) {
    const loose: LooseVolume[] = [];
    this.all = [...usesIn(set, loose)];
    this.loose = loose;
    for (const use of this.all) {
      const known = this.byClaim.get(use.claim);
      if (known) known.push(use);
      else this.byClaim.set(use.claim, [use]);
    }
  }

  /** The uses of one claim. */
  public usesOf(claim: Claim): readonly VolumeUse[] {
    return this.byClaim.get(claim) ?? [];
  }
}

function* usesIn(set: ObjectSet, loose: LooseVolume[]): Generator<VolumeUse> {
  const claims = ClaimIndex.of(set);
  const templates = new Map<unknown, Claim>(set.claims.map((claim) => [claim.node, claim]));
  for (const { object, spec } of set.pods) {
    const attached = attachmentsIn(spec);
    const use = (volume: string, claim: Claim | undefined, readOnly: boolean): VolumeUse[] => {
      if (!claim || !volume) return [];
      const { mounts, devices, writable } = attached.get(volume) ?? { mounts: [], devices: [], writable: true };
      return [{ object, claim, volume, mounts, devices, readOnly: readOnly || !writable }];
    };
    for (const volume of list(at(spec, 'volumes'))) {
      const claimName = text(at(volume, 'persistentVolumeClaim', 'claimName'));
      const named = claimName ? claims.named(object.namespace, claimName) : undefined;
      if (claimName && !named) loose.push({ object, claimName, node: volume });
      const made = templates.get(at(volume, 'ephemeral', 'volumeClaimTemplate') ?? volume);
      yield* use(text(at(volume, 'name')), named ?? made, at(volume, 'persistentVolumeClaim', 'readOnly') === true);
    }
    if (object.kind !== 'StatefulSet') continue;
    for (const template of list(at(object.manifest, 'spec', 'volumeClaimTemplates'))) {
      yield* use(text(at(template, 'metadata', 'name')), templates.get(template), false);
    }
  }
}

interface Attached {
  readonly mounts: Attachment[];
  readonly devices: Attachment[];
  writable: boolean;
}

function attachmentsIn(pod: unknown): ReadonlyMap<string, Attached> {
  const byVolume = new Map<string, Attached>();
  const attached = (node: unknown): Attached => {
    const volume = text(at(node, 'name'));
    const known = byVolume.get(volume) ?? { mounts: [], devices: [], writable: false };
    byVolume.set(volume, known);
    return known;
  };
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of list(at(pod, field))) {
      const name = text(at(container, 'name'));
      for (const node of list(at(container, 'volumeMounts'))) {
        const entry = attached(node);
        entry.mounts.push({ container: name, node });
        if (at(node, 'readOnly') !== true) entry.writable = true;
      }
      for (const node of list(at(container, 'volumeDevices'))) {
        const entry = attached(node);
        entry.devices.push({ container: name, node });
        entry.writable = true;
      }
    }
  }
  return byVolume;
}
