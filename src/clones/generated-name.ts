import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * The name that cdk8s would give an object in `scope` under `id`. Only an object is given one, by a rule that a Chart may replace; so one is
 * asked for and taken back.
 */
export function generatedName(scope: Construct, id: string, kind: { readonly apiVersion: string; readonly kind: string }): string {
  const place = new Construct(scope, id);
  const { name } = new ApiObject(place, 'Resource', kind);
  // cdk8s replaces what an id cannot hold; ask for the id that it became.
  scope.node.tryRemoveChild(place.node.id);
  return name;
}
