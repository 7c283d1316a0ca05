const CALLS = ['--invocation-count-for-turbofan=12000', '--invocation-count-for-maglev=2000'];

/**
 * By major version of V8, what makes it compile a function for speed after four or five times as much work as usual. Other versions are left
 * alone: V8 complains about an option that it does not know.
 */
const COMPILE_LATER: { readonly [version: string]: readonly string[] } = {
  // Node 20
  '11': ['--interrupt-budget=540000'],
  // Node 22
  '12': CALLS,
  // Node 24
  '13': CALLS,
  // Node 26
  '14': CALLS,
};

/** Young objects are few megabytes: threads take longer to share them out than one takes to look through them. */
const COLLECT_ALONE = '--no-parallel-scavenge';

/**
 * Tells V8 that the command looks at a hundred objects or more, once, and ends. By itself it would compile more than a hundred functions of
 * the parser and of the rules while they run, each for a few milliseconds of work. With 3000 sets, as `npm run bench` makes them, that is an
 * eighth of all its time.
 */
export function prepareForShortRun(): void {
  const flags = COMPILE_LATER[process.versions.v8.split('.')[0]!];
  if (!flags) return;
  // To load it takes as long as to check two sets, and small inputs need none of it.
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  for (const flag of [...flags, COLLECT_ALONE]) setFlagsFromString(flag);
}
