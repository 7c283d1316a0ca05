import { isMap } from '../reference/fields';
import { manifestFault } from './no-manifest';

/** Refuses what was given as manifests and is none: it would come out clean, unread. */
export function mustBeManifests(what: string, given: unknown): void {
  if (!Array.isArray(given)) throw new Error(`manifests of ${what} is ${kindOf(given)}, but must be a list of parsed manifests`);
  for (const [index, item] of given.entries()) {
    const fault = faultOf(item);
    if (fault) throw new Error(`manifests[${index}] of ${what} ${fault}`);
  }
}

function faultOf(item: unknown): string | undefined {
  if (isMap(item) && !isConstruct(item)) return manifestFault(item);
  return `is ${kindOf(item)}, but must be one parsed manifest${wayOut(item)}`;
}

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  if (isConstruct(given)) return 'a construct';
  if (typeof given === 'string') return 'a string';
  return isMap(given) ? 'a map' : String(given);
}

function wayOut(given: unknown): string {
  if (Array.isArray(given)) return '; spread it: [...prod.toJson(), ...dev.toJson()]';
  if (isConstruct(given)) return '; give what its toJson() returns';
  if (typeof given === 'string') return '; parse YAML first: each of its documents is one';
  return given === null || given === undefined ? '; leave empty documents out' : '';
}

/** A chart or an object of cdk8s, which only renders to manifests. */
function isConstruct(given: unknown): boolean {
  return isMap(given) && typeof given.toJson === 'function';
}
