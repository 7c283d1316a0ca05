import { CLAIM_KIND, type ObjectKey } from '../reference/reference';
import { meantKind, SOURCE_KINDS } from './kind-names';
import type { ObjectSet } from './object-set';
import { oncePerSet } from './once-per-set';
import { Resolution } from './resolution';
import type { SetObject } from './set-object';
import { isOwnGroup, isSourceKind } from './source-kind';
import { suggestion } from './suggestion';

/** So many names are told; more would hide the mistake. */
const TOLD = 3;
/** So many names are looked at for one that was meant: a thousand wrong names beside a thousand others would be a million pairs. */
const COMPARED = 30;

/** The names of the claims and snapshots that a set shows. Made when a name is not among them. */
export class ShownNames {
  public static readonly of = oncePerSet((set) => new ShownNames(set));

  /** Whether the set should hold an object, and does not: it shows others of that kind in that namespace; where it is a claim, not only copies. */
  public static miss(set: ObjectSet, key: ObjectKey): boolean {
    if (set.resolveNamed(key) !== Resolution.MISSING || (key.kind === CLAIM_KIND && !set.showsOriginals(key.namespace))) return false;
    return !ShownNames.of(set).areUnclear(key);
  }

  private readonly byShelf = new Map<string, string[]>();
  private readonly unclear = new Set<string>();

  private constructor(set: ObjectSet) {
    for (const { group, kind, objects } of set.kinds) {
      const meant = isOwnGroup(group) ? meantKind(kind, SOURCE_KINDS) : undefined;
      if (!meant) continue;
      const isSpelled = isSourceKind({ group, kind });
      for (const object of objects) this.add(shelfOf({ ...object, kind: meant }), object, isSpelled);
    }
  }

  private add(shelf: string, { name }: SetObject, isSpelled: boolean): void {
    if (!name || !isSpelled) this.unclear.add(shelf);
    if (!isSpelled) return;
    const known = this.byShelf.get(shelf);
    if (known) known.push(name);
    else this.byShelf.set(shelf, [name]);
  }

  /** Whether an object of this kind and namespace has no name, or a kind that is spelled wrongly: it may be the one that is missed. */
  public areUnclear(key: ObjectKey): boolean {
    return this.unclear.has(shelfOf(key));
  }

  /** `of that kind the set shows in namespace prod only mysql`: the names among which one is not, and the one that was perhaps meant. */
  public insteadOf(key: ObjectKey): string {
    const { namespace, name } = key;
    const names = this.byShelf.get(shelfOf(key)) ?? [];
    const told = `${names.slice(0, TOLD).join(', ')}${names.length > TOLD ? ` and ${names.length - TOLD} more` : ''}`;
    // Of one name nothing more has to be said.
    const meant = names.length > 1 ? nearest(name, names.slice(0, COMPARED)) : '';
    return `of that kind the set shows in namespace ${namespace} only ${told}${meant}`;
  }
}

/** Kustomize and Helm put something before or after the name of an object, and the old name stays where others refer to it. */
function nearest(name: string, names: readonly string[]): string {
  const longer = names.find((one) => `-${one}-`.includes(`-${name}-`));
  return longer ? `; did you mean ${longer}?` : suggestion(name, names);
}

function shelfOf({ kind, namespace }: Pick<ObjectKey, 'kind' | 'namespace'>): string {
  return `${kind} ${namespace}`;
}
