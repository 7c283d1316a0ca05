import { VARIABLE } from '../rules/shape';

/** What to do about a template. */
export const RENDER_FIRST = 'render it first, as in: helm template CHART | snapshot-clone check -';

/** What a value is that nobody has rendered, and what to do. */
export function unrenderedText(value: unknown): string {
  const isVariable = typeof value === 'string' && value.includes(VARIABLE);
  return isVariable ? 'a variable; replace it first, as in: envsubst <FILE | snapshot-clone check -' : `a template; ${RENDER_FIRST}`;
}
