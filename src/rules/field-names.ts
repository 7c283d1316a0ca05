import { isMap } from './fields';

/** What one place of a manifest may hold. */
export interface PlaceProps {
  /** All fields that Kubernetes knows there, but for those of `places`. */
  readonly fields?: readonly string[];
  /** The fields in which other fields stand that are looked at. */
  readonly places?: Readonly<Record<string, Place>>;
  /**
   * What people write, and is no slip: the wrong name, and the right one, or the way to where it belongs, such as `spec.source`. Null: there is
   * nothing that could be meant.
   */
  readonly wrong?: Readonly<Record<string, string | null>>;
  /** It is each item of a list. */
  readonly isItem?: true;
}

/** A field under a name that Kubernetes does not know. */
export interface Misspelling {
  /** `spec.dataSourceref` */
  readonly path: string;
  /** Null: nothing. */
  readonly meant: string | null;
  /** The field that is meant is there, too. */
  readonly isRightThere: boolean;
  /** The innermost part of the manifest that a line is known of: the field's value, or what holds it. */
  readonly node: unknown;
}

/** A place of a manifest: the fields that it may have, and what else they are called by mistake. */
export class Place {
  public readonly isItem: boolean;
  /** Null: it is a field, and what stands in it is not looked at. */
  private readonly places = new Map<string, Place | null>();
  /** Made when a name is not known: most manifests hold none. */
  private misread?: Misreadings;

  constructor(private readonly props: PlaceProps) {
    const { fields = [], places = {}, isItem = false } = props;
    for (const name of fields) this.places.set(name, null);
    for (const name of Object.keys(places)) this.places.set(name, places[name]!);
    this.isItem = isItem;
  }

  /** The fields that it may have. */
  public get names(): readonly string[] {
    return [...this.places.keys()];
  }

  /** What stands in a field; null if that is not looked at, nothing if there is no such field. */
  public within(name: string): Place | null | undefined {
    return this.places.get(name);
  }

  /** The field that is meant by a name that Kubernetes does not know, null for none; nothing where it may be a field of a later version. */
  public meantBy(name: string): string | null | undefined {
    if (this.places.has(name) || name.length > LONGEST) return undefined;
    this.misread ??= misreadings(this.names, this.props.wrong);
    const plain = plainOf(name);
    const known = this.misread.wrong.get(plain);
    if (known !== undefined) return known;
    let nearest: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [right, plainRight] of this.misread.right) {
      const steps = slipsBetween(plain, plainRight);
      if (steps < least) [nearest, least] = [right, steps];
    }
    return nearest;
  }
}

/** By their plain names. */
interface Misreadings {
  readonly right: readonly (readonly [name: string, plain: string])[];
  readonly wrong: ReadonlyMap<string, string | null>;
}

function misreadings(names: readonly string[], wrong: PlaceProps['wrong'] = {}): Misreadings {
  return {
    right: names.map((name) => [name, plainOf(name)]),
    wrong: new Map(Object.entries(wrong).map(([name, meant]) => [plainOf(name), meant])),
  };
}

/** Whether every field of a map, and of the places in it, has a name that is known or far from all that are. Of other types another rule speaks. */
export function isSpelled(node: unknown, place: Place): boolean {
  if (Array.isArray(node)) return !place.isItem || node.every((item) => Array.isArray(item) || isSpelled(item, place));
  if (!isMap(node)) return true;
  for (const name in node) {
    const within = place.within(name);
    if (within === null) continue;
    if (within ? !isSpelled(node[name], within) : meantIn(node, name, place) !== undefined) return false;
  }
  return true;
}

/** Every field of a map, and of the places in it, whose name is wrong. */
export function* misspellings(node: unknown, place: Place, path = ''): Generator<Misspelling> {
  if (Array.isArray(node) && place.isItem) {
    for (const [index, item] of node.entries()) if (!Array.isArray(item)) yield* misspellings(item, place, `${path}[${index}]`);
  }
  if (!isMap(node)) return;
  for (const [name, value] of Object.entries(node)) {
    const where = path ? `${path}.${name}` : name;
    const within = place.within(name);
    const meant = meantIn(node, name, place);
    if (within) yield* misspellings(value, within, where);
    else if (meant !== undefined) {
      yield { path: where, meant, isRightThere: meant !== null && isThere(node, meant), node: isObject(value) ? value : node };
    }
  }
}

/** Whether a map holds a field under a wrong name. A rule that misses the field asks: it is told already. */
export function isMisspelled(node: unknown, place: Place, field: string): boolean {
  return isMap(node) && Object.keys(node).some((name) => meantIn(node, name, place) === field);
}

/** Whether a map lacks a field and holds it under a wrong name: nobody knows what it would say. */
export function isHidden(node: unknown, place: Place, field: string): boolean {
  return isMisspelled(node, place, field) && !isThere(node as Fields, field);
}

type Fields = Readonly<Record<string, unknown>>;

/** The field that is meant by one of a map. One that is undefined is written into no manifest. */
function meantIn(node: Fields, name: string, place: Place): string | null | undefined {
  return node[name] === undefined ? undefined : place.meantBy(name);
}

function isThere(node: Fields, name: string): boolean {
  return Object.hasOwn(node, name) && node[name] !== undefined;
}

function isObject(node: unknown): node is object {
  return typeof node === 'object' && node !== null;
}

/** Beyond it no name is near to any. */
const LONGEST = 64;

/** Neither the case of its letters nor how its words are put together. */
function plainOf(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** How many letters have to be added, left out, changed or swapped; infinitely many where it is another name. */
function slipsBetween(plain: string, right: string): number {
  const most = mostSlips(right);
  if (Math.abs(plain.length - right.length) > most) return Number.POSITIVE_INFINITY;
  const steps = distance(plain, right, most);
  if (steps > most) return Number.POSITIVE_INFINITY;
  // One changed letter makes another word of a short one, such as `kind` of `mind`; one too many or too few, or two in the wrong order, make none.
  const isWord = plain.length === right.length && lettersOf(plain) !== lettersOf(right);
  return right.length > SHORT || !isWord ? steps : Number.POSITIVE_INFINITY;
}

const SHORT = 4;

function mostSlips({ length }: string): number {
  if (length < SHORT) return 0;
  return length < 10 ? 1 : 2;
}

function lettersOf(word: string): string {
  return [...word].sort().join('');
}

/** The distance of Damerau and Levenshtein, each letter touched once; something above `most` where it is more than that. */
function distance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let steps = Math.min(row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), row[j]! + 1, next[j - 1]! + 1);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2]! + 1);
      next.push(steps);
      least = Math.min(least, steps);
    }
    // No later row is nearer: a swap goes on from a row that is at most one step nearer, and is a step itself.
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length]!;
}
