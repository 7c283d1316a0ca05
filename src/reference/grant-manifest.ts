import { at, list, text } from './fields';
import type { Grant } from './grant';
import { typeName } from './type-name';

/** What of a ReferenceGrant's manifest decides, whoever wrote it: a field of a wrong type reads as an absent one. */
export function grantOf(manifest: unknown, { namespace, name }: Pick<Grant, 'namespace' | 'name'>): Grant {
  return {
    namespace,
    name,
    from: list(at(manifest, 'spec', 'from')).map((entry) => ({
      group: typeName(at(entry, 'group')),
      kind: typeName(at(entry, 'kind')),
      namespace: text(at(entry, 'namespace')),
    })),
    to: list(at(manifest, 'spec', 'to')).map((entry) => ({
      group: typeName(at(entry, 'group')),
      kind: typeName(at(entry, 'kind')),
      name: text(at(entry, 'name')) || undefined,
    })),
  };
}
