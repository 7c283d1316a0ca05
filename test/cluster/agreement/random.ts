/** Numbers that look random and are the same for the same seed (xorshift, 32 bits). */
export class Random {
  private state: number;

  public constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 1 || seed > 0xffff_ffff) {
      throw new Error(`The seed is ${seed} and must be an integer from 1 to ${0xffff_ffff}.`);
    }
    this.state = seed;
  }

  /** An integer from 0 to `limit` - 1. */
  public below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }

  public pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  public shuffled<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }
}
