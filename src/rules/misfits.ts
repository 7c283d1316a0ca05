import { along } from './fields';
import { isPodKnownIn, POD_SPEC, shapeOf } from './object-shapes';
import { oncePerSet } from './once-per-set';
import type { SetObject } from './set-object';
import { fits, type Misfit, mapOf, misfits } from './shape';

/** Of an object whose apiVersion or kind is itself of a wrong type. */
const NAMELESS_KIND = mapOf({ apiVersion: 'string', kind: 'string' });

/** Every deciding field of a set that is not what it has to be, by object. */
export const misfitsOf = oncePerSet((set): ReadonlyMap<SetObject, readonly Misfit[]> => {
  const found = new Map<SetObject, Misfit[]>();
  for (const { group, kind, objects } of set.kinds) {
    const usual = shapeOf(group, kind);
    for (const object of objects) {
      const { manifest } = object;
      const shape = object.apiVersion && kind ? usual : NAMELESS_KIND;
      if (!fits(manifest, shape)) found.set(object, [...misfits(manifest, shape, '', manifest)]);
    }
  }
  for (const { object, path, spec } of set.pods) {
    if (isPodKnownIn(object.group, object.kind) || fits(spec, POD_SPEC)) continue;
    const holder = along(object.manifest, path.slice(0, -1));
    found.set(object, [...(found.get(object) ?? []), ...misfits(spec, POD_SPEC, path.join('.'), holder)]);
  }
  return found;
});
