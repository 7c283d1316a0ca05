import { covers } from '../reference/grant';
import type { Reference } from '../reference/reference';
import type { GrantObject, ObjectSet } from './object-set';

/** Stands for every name; no object can be called so. */
const ANY = '*';

/** Finds the objects behind a granted reference, without looking at all of them. */
export class CoveringGrants {
  private readonly byAim = new Map<string, GrantObject[]>();

  constructor(set: ObjectSet) {
    for (const granted of set.grants) {
      const { namespace, from, to } = granted.grant;
      for (const target of new Set(from.map((entry) => entry.namespace))) {
        for (const name of new Set(to.map((entry) => entry.name ?? ANY))) {
          const aim = `${namespace} ${target} ${name}`;
          const known = this.byAim.get(aim);
          if (known) known.push(granted);
          else this.byAim.set(aim, [granted]);
        }
      }
    }
  }

  /** The grants of which each alone allows a reference to another namespace. */
  public of(reference: Reference): readonly GrantObject[] {
    const { claim, source } = reference;
    const near = [source.name, ANY].flatMap((name) => this.byAim.get(`${source.namespace} ${claim.namespace} ${name}`) ?? []);
    return [...new Set(near)].filter(({ grant }) => covers([grant], reference));
  }
}
