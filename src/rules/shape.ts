/** Opens a template that was not rendered, as Helm has them. */
export const TEMPLATE = '{{';
/** Opens a variable that was not replaced, as envsubst and Flux have them. No name that Kubernetes takes holds one. */
export const VARIABLE = '${';

/**
 * What a field has to be. Nothing is ever required: an absent field, or null, is the business of other rules. A string or a quantity must not
 * be a template that nobody has rendered; a text may hold anything.
 */
export type Shape = 'string' | 'text' | 'quantity' | ListShape | MapShape;

export interface ListShape {
  readonly items: Shape;
}

export interface MapShape {
  /** The fields that somebody reads; others may be anything. */
  readonly fields?: ReadonlyMap<string, Shape>;
  /** Or the shape of every value. */
  readonly values?: Shape;
}

/** A map with these fields. */
export function mapOf(fields: Readonly<Record<string, Shape>>): MapShape {
  return { fields: new Map(Object.entries(fields)) };
}

/** A field that is not what it has to be. */
export interface Misfit {
  /** `spec.from[0].kind` */
  readonly path: string;
  readonly value: unknown;
  /** `a string` */
  readonly wanted: string;
  /** The innermost part of the manifest that a line is known of: the field's value, or what holds it. */
  readonly node: unknown;
  /** It has the right type, but is a template that nobody has rendered. */
  readonly unrendered: boolean;
}

/** Whether there is no misfit, which is nearly always so: without a list of them, because every object comes by. */
export function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return isScalar(value, shape) && !isTemplate(value, shape);
  if (typeof value !== 'object' || value === null) return false;
  if ('items' in shape) {
    if (!Array.isArray(value)) return false;
    for (let index = 0; index < value.length; index++) if (!fits(value[index], shape.items)) return false;
    return true;
  }
  if (Array.isArray(value)) return false;
  for (const name in value) {
    const wanted = wantedOf(shape, name);
    if (wanted === undefined) continue;
    const field = (value as Readonly<Record<string, unknown>>)[name];
    if (field !== undefined && field !== null && !fits(field, wanted)) return false;
  }
  return true;
}

/** Every field that has another type than the one it has to have. */
export function* misfits(value: unknown, shape: Shape, path: string, holder: unknown): Generator<Misfit> {
  const node = typeof value === 'object' && value !== null ? value : holder;
  if (!isOfType(value, shape)) yield { path, value, wanted: wordFor(shape), node, unrendered: false };
  else if (isTemplate(value, shape)) yield { path, value, wanted: wordFor(shape), node, unrendered: true };
  else if (typeof shape === 'object' && 'items' in shape) yield* itemMisfits(value as readonly unknown[], shape, path);
  else if (typeof shape === 'object') yield* fieldMisfits(value as Readonly<Record<string, unknown>>, shape as MapShape, path);
}

function* itemMisfits(list: readonly unknown[], { items }: ListShape, path: string): Generator<Misfit> {
  for (const [index, item] of list.entries()) {
    const place = `${path}[${index}]`;
    if (item === null || item === undefined) yield { path: place, value: item, wanted: wordFor(items), node: list, unrendered: false };
    else yield* misfits(item, items, place, list);
  }
}

function* fieldMisfits(map: Readonly<Record<string, unknown>>, shape: MapShape, path: string): Generator<Misfit> {
  for (const [name, value] of Object.entries(map)) {
    const wanted = wantedOf(shape, name);
    if (wanted && value !== null && value !== undefined) yield* misfits(value, wanted, path ? `${path}.${name}` : name, map);
  }
}

function wantedOf({ fields, values }: MapShape, name: string): Shape | undefined {
  return fields?.get(name) ?? values;
}

function isScalar(value: unknown, shape: 'string' | 'text' | 'quantity'): boolean {
  return typeof value === 'string' || (shape === 'quantity' && typeof value === 'number');
}

function isTemplate(value: unknown, shape: Shape): boolean {
  if (typeof shape !== 'string' || shape === 'text' || typeof value !== 'string') return false;
  // Hardly any value holds a brace, and one character is found far quicker than two.
  return value.indexOf('{') >= 0 && (value.includes(TEMPLATE) || value.includes(VARIABLE));
}

function isOfType(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return isScalar(value, shape);
  if ('items' in shape) return Array.isArray(value);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordFor(shape: Shape): string {
  if (shape === 'quantity') return 'a quantity such as 20Gi';
  if (typeof shape === 'string') return 'a string';
  return 'items' in shape ? 'a list' : 'a map';
}
