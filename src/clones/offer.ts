import { labelFault } from '../reference/dns';
import { MAX_GRANT_ENTRIES } from '../reference/grant';
import { HANDED_OVER } from '../reference/pre-provisioned';
import { quoted } from '../reference/quoted';
import { checkNamespace } from '../resources/metadata';
import type { Subject } from '../resources/subject';
import { checkList } from '../resources/values';

/**
 * The copies that a share offers: one without a date, or one for each generation, the newest first.
 */
export class Offer {
  /** Nothing: one copy without a date. */
  public readonly generations: readonly string[] | undefined;

  constructor(
    private readonly what: Subject,
    /** The namespace of the snapshots. */
    public readonly namespace: string,
    /** The name of the snapshot, to which each generation appends its own. */
    public readonly baseName: string,
    generations: readonly string[] | undefined,
  ) {
    if (baseName.startsWith(HANDED_OVER)) {
      throw new Error(
        `${what} offers VolumeSnapshot '${baseName}', but names that begin with '${HANDED_OVER}' are reserved for handed-over snapshots, which are not handed on; name the snapshot of the source, or give a new one another name`,
      );
    }
    if (generations === undefined) return;
    // A list that its owner goes on changing would offer what is not there.
    this.generations = [...checkList('generations', what, generations)];
    if (generations.length > MAX_GRANT_ENTRIES) {
      throw new Error(
        `${what} offers ${generations.length} generations, but a ReferenceGrant lists at most ${MAX_GRANT_ENTRIES}; drop the oldest`,
      );
    }
    for (const [index, generation] of generations.entries()) {
      const fault = labelFault(generation);
      if (fault) throw new Error(`generation of ${what} is ${quoted(generation)}, but ${fault}`);
      if (generations.indexOf(generation) !== index) {
        throw new Error(`${what} names the generation '${generation}' twice; a generation is one copy, name it once`);
      }
    }
    const newest = newestDate(generations);
    if (newest !== generations[0]) {
      throw new Error(
        `${what} offers '${generations.join("', '")}', but claims follow the first, and '${newest}' is newer; put the newest first, or, to go back, pin the older one in the claims or drop the newer ones`,
      );
    }
  }

  /** Refuses a namespace that cannot be, or need not be, granted anything. */
  public checkConsumer(namespace: string): void {
    checkNamespace('consumer namespace', this.what, namespace);
    if (namespace !== this.namespace) return;
    throw new Error(
      `source and target namespace of ${this.what} are both '${namespace}', where no grant is needed; use ClonedVolumeClaim to restore in the snapshot's own namespace`,
    );
  }

  /** The names of the snapshots on offer. */
  public get snapshotNames(): string[] {
    return this.generations ? this.generations.map((generation) => dated(this.baseName, generation)) : [this.baseName];
  }

  /**
   * The generation that a claim gets; nothing where the copies have no date.
   *
   * @param pinned The one that it asks for; without it, it follows the newest.
   * @param alreadyRestored The data is there already, so that the generation need not be on offer any more.
   */
  public choose(pinned: string | undefined, alreadyRestored: boolean): string | undefined {
    if (!this.generations) {
      if (pinned === undefined) return undefined;
      throw new Error(
        `${this.what} has no generations, but a claim asks for ${quoted(pinned)}; name the generations on the share, or leave generation out`,
      );
    }
    if (pinned === undefined && alreadyRestored) {
      throw new Error(
        `a claim on ${this.what} says alreadyRestored, but names no generation and would follow the newest, without a grant; name the generation that it holds`,
      );
    }
    if (pinned === undefined) {
      if (this.generations.length > 0) return this.generations[0];
      throw new Error(`${this.what} offers no generation yet, so nothing can be cloned; add one to generations once the source holds data`);
    }
    const fault = labelFault(pinned);
    if (fault) throw new Error(`generation of a claim on ${this.what} is ${quoted(pinned)}, but ${fault}`);
    if (alreadyRestored || this.generations.includes(pinned)) return pinned;
    const offered = this.generations.map((generation) => `'${generation}'`).join(', ') || 'none';
    throw new Error(
      `${this.what} does not offer the generation '${pinned}', it offers ${offered}; pin one of these, or say alreadyRestored: true if the claim is bound already`,
    );
  }
}

/** A day, with or without a time, as people and schedulers write it: `2026-11-22`, `202611220300`, `2026-11-22t03-00z`. */
const DATE = /^(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])[-t\d]*z?$/;

/** The newest, where all are dates of one form; of other names nobody knows which is newer, and the first is taken for it. */
function newestDate(generations: readonly string[]): string | undefined {
  const [first] = generations;
  const form = (generation: string) => generation.replace(/\d/g, '0');
  if (!generations.every((generation) => DATE.test(generation) && form(generation) === form(first))) return first;
  return generations.reduce((newest, generation) => (generation > newest ? generation : newest), first);
}

/** The name of one generation of something. */
export function dated(name: string, generation: string | undefined): string {
  return generation === undefined ? name : `${name}-${generation}`;
}
