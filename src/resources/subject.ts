import type { IConstruct } from 'constructs';

/** A construct that is still to be made: its place in the tree. */
export interface Place {
  readonly scope: IConstruct;
  readonly id: string;
}

/** Whom an error is about. The path is put together only when there is an error: most constructs have none. */
export class Subject {
  constructor(
    private readonly kind: string,
    private readonly at: IConstruct | Place,
  ) {}

  public toString(): string {
    return `${this.kind} '${pathOf(this.at)}'`;
  }
}

function pathOf(at: IConstruct | Place): string {
  if ('node' in at) return at.node.path;
  return [at.scope.node.path, at.id].filter(Boolean).join('/');
}
