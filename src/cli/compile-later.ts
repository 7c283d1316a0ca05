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
 * For a command that reads a hundred or more manifests and ends. By itself V8 compiles two hundred functions of the parser and of the rules
 * while they run, each for a few milliseconds of work.
 */
export function compileLater(): void {
  const flag = LATER[process.versions.v8.split('.')[0]!];
  if (!flag) return;
  // To load it takes as long as to check two sets, and small inputs need none of it.
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  setFlagsFromString(flag);
}
