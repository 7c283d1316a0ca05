import { setFlagsFromString } from 'node:v8';

/**
 * By major version of V8, what makes it compile a function later than it would. Other versions are left alone: they print a complaint about an
 * option that they do not know.
 */
const LATER: { readonly [version: string]: string } = {
  // Node 20: four times as much work before.
  '11': '--interrupt-budget=540000',
  // Node 22: four times as many calls before.
  '12': '--invocation-count-for-turbofan=12000',
};

/**
 * For a command that looks at thousands of objects and ends. By itself V8 compiles a hundred functions of rules while they run, each for a few
 * milliseconds of work: a fifth of all the time for 3000 sets, as `npm run bench` takes it.
 */
export function compileLater(): void {
  const flag = LATER[process.versions.v8.split('.')[0]!];
  if (flag) setFlagsFromString(flag);
}
