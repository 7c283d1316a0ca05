import { labelFault } from '../reference/dns';
import { quoted } from '../reference/quoted';

/** What is wrong with an option that somebody gives in a program or a file, and to whom. */
export function optionFault(name: string, what: string, value: unknown, must: string): Error {
  return new Error(`${name} of ${what} is ${quoted(value)}, but ${must}`);
}

/** The strings of an option; none, where it is left out. */
export function stringsOf(name: string, what: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw optionFault(name, what, value, 'must be a list of strings');
  for (const item of value) if (typeof item !== 'string') throw optionFault(name, what, item, 'must be a string');
  return value;
}

/** The namespaces of an option. Of one that nobody can have nothing would be left out, and nobody would notice. */
export function namespacesOf(name: string, what: string, value: unknown): readonly string[] {
  const namespaces = stringsOf(name, what, value);
  for (const namespace of namespaces) namespaceOf(name, what, namespace);
  return namespaces;
}

/** The namespace of an option; nothing, where it is left out. */
export function namespaceOf(name: string, what: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw optionFault(name, what, value, 'must be a string');
  const fault = labelFault(value);
  if (fault) throw optionFault(name, what, value, fault);
  return value;
}
