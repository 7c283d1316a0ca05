import * as yaml from 'js-yaml';

/*
 * Plain words as kubectl reads them. It reads YAML 1.1: `on` and `no` are booleans there, and strings in YAML 1.2. A namespace called `on`
 * would be clean here and refused there. Dates are strings in both.
 */
const TRUE = new Set(['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSE = new Set(['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);

const bool = new yaml.Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (word: unknown) => typeof word === 'string' && (TRUE.has(word) || FALSE.has(word)),
  construct: (word: string) => TRUE.has(word),
});

/** `<<: *defaults`. */
const merge = new yaml.Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (word: unknown) => word === '<<' || word === null });

/** Letters with which no null, boolean, number or merge begins: nearly every word is a string, and need not be asked for all of those. */
const OF_STRINGS = /^[a-eg-mp-su-xzA-EG-MP-SU-XZ]/;
const string = new yaml.Type('tag:yaml.org,2002:str', {
  kind: 'scalar',
  resolve: (word: unknown) => typeof word === 'string' && OF_STRINGS.test(word),
});

/** The types of @types/js-yaml lack them. */
const { null: nothing, int, float, str, seq, map } = (yaml as unknown as { readonly types: { readonly [name: string]: yaml.Type } }).types;

/** YAML as kubectl reads it. Unknown tags are errors. */
export const KUBECTL_SCHEMA = new yaml.Schema({ implicit: [string, nothing!, bool, int!, float!, merge], explicit: [str!, seq!, map!] });
