/** What a field has to be. Nothing is ever required: an absent field, or null, is the business of other rules. */
export type Shape = 'string' | 'quantity' | ListShape | MapShape;

export interface ListShape {
  readonly items: Shape;
}

export interface MapShape {
  /** The fields that somebody reads; others may be anything. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** The shape of every value. */
  readonly values?: Shape;
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
}

/** Every field that has another type than the one it has to have. */
export function* misfits(value: unknown, shape: Shape, path: string, holder: unknown): Generator<Misfit> {
  const node = typeof value === 'object' && value !== null ? value : holder;
  if (!fits(value, shape)) yield { path, value, wanted: wordFor(shape), node };
  else if (typeof shape === 'object' && 'items' in shape) yield* itemMisfits(value as readonly unknown[], shape, path);
  else if (typeof shape === 'object') yield* fieldMisfits(value as Readonly<Record<string, unknown>>, shape as MapShape, path);
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function* itemMisfits(list: readonly unknown[], { items }: ListShape, path: string): Generator<Misfit> {
  for (const [index, item] of list.entries()) {
    const place = `${path}[${index}]`;
    if (item === null || item === undefined) yield { path: place, value: null, wanted: wordFor(items), node: list };
    else yield* misfits(item, items, place, list);
  }
}

function* fieldMisfits(map: Readonly<Record<string, unknown>>, { fields = {}, values }: MapShape, path: string): Generator<Misfit> {
  for (const [name, value] of Object.entries(map)) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : values;
    if (shape && value !== null && value !== undefined) yield* misfits(value, shape, path ? `${path}.${name}` : name, map);
  }
}

function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'string') return typeof value === 'string';
  if (shape === 'quantity') return typeof value === 'string' || typeof value === 'number';
  if ('items' in shape) return Array.isArray(value);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordFor(shape: Shape): string {
  if (shape === 'string') return 'a string';
  if (shape === 'quantity') return 'a quantity such as 20Gi';
  return 'items' in shape ? 'a list' : 'a map';
}
