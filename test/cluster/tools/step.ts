/** Does something and says, in one line, what it was and how long it took. */
export function step<T>(what: string, work: () => T): T {
  const started = performance.now();
  const result = work();
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}
