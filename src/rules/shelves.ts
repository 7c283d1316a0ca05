import type { ObjectKey } from '../reference/reference';
import type { SetObject } from './set-object';

type Name = Pick<ObjectKey, 'namespace' | 'name'>;

/** The objects of one kind, in whatever version. */
export class Shelf {
  public readonly objects: SetObject[] = [];
  private readonly byName = new Map<string, SetObject>();
  /** Of names that come more than once, all that have them. */
  private readonly namesakes = new Map<string, SetObject[]>();

  constructor(
    public readonly group: string,
    public readonly kind: string,
  ) {}

  public add(object: SetObject): void {
    this.objects.push(object);
    const key = keyOf(object);
    const first = this.byName.get(key);
    if (!first) this.byName.set(key, object);
    else {
      const namesakes = this.namesakes.get(key) ?? [first];
      namesakes.push(object);
      this.namesakes.set(key, namesakes);
    }
  }

  /** The first object of a name. */
  public find(name: Name): SetObject | undefined {
    return this.byName.get(keyOf(name));
  }

  /** All objects of a name. */
  public findAll(name: Name): readonly SetObject[] {
    const first = this.find(name);
    if (!first) return [];
    return this.namesakes.get(keyOf(name)) ?? [first];
  }

  /** Whether two objects have one name. */
  public get hasTwice(): boolean {
    return this.namesakes.size > 0;
  }
}

/** Objects by group, kind and name. Rules look for thousands of objects of kinds that a set does not hold: that needs no key. */
export class Shelves {
  private readonly byGroup = new Map<string, Map<string, Shelf>>();

  public add(object: SetObject): void {
    const { group, kind } = object;
    const shelf = this.of(group, kind) ?? this.newShelf(group, kind);
    shelf.add(object);
  }

  private newShelf(group: string, kind: string): Shelf {
    const shelf = new Shelf(group, kind);
    const kinds = this.byGroup.get(group);
    if (kinds) kinds.set(kind, shelf);
    else this.byGroup.set(group, new Map([[kind, shelf]]));
    return shelf;
  }

  public of(group: string, kind: string): Shelf | undefined {
    return this.byGroup.get(group)?.get(kind);
  }

  public get all(): readonly Shelf[] {
    return [...this.byGroup.values()].flatMap((kinds) => [...kinds.values()]);
  }

  /** Whether any two objects have the same key. */
  public get haveTwice(): boolean {
    return this.all.some(({ hasTwice }) => hasTwice);
  }
}

/** No name can hold a space. */
function keyOf({ namespace, name }: Name): string {
  return `${namespace} ${name}`;
}
