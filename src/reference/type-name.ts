import { text } from './fields';
import { CLAIM_KIND, GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from './reference';

const USUAL: ReadonlyMap<string, string> = new Map(
  [
    CLAIM_KIND,
    'v1',
    SNAPSHOT_KIND,
    SNAPSHOT_GROUP,
    `${SNAPSHOT_GROUP}/v1`,
    GRANT_KIND,
    GRANT_GROUP,
    `${GRANT_GROUP}/v1beta1`,
    `${GRANT_GROUP}/v1`,
  ].map((name) => [name, name]),
);

/**
 * A kind, an API group or an apiVersion; anything but a string reads as an absent one. For the usual ones it is always one and the same string:
 * rules compare it a hundred times, and a string equals itself at once, but a copy letter by letter.
 */
export function typeName(node: unknown): string {
  const name = text(node);
  return USUAL.get(name) ?? name;
}
