import type { IConstruct } from 'constructs';

/** Whether a construct is still in its tree: it may be taken out after it was made. */
export function isAttached(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isAttached(scope));
}
