import { type CheckOptions, type CheckResult, checkReadings } from '../src/check/check-result';
import { ManifestReader } from '../src/check/reading/manifest-reader';
import { labelFault } from '../src/reference/dns';

/** The name under which pasted text is reported. */
export const PASTED = 'pasted.yaml';
/** A page would stand still over more. */
const MAX_CHARACTERS = 2_000_000;

/** Checks pasted text, as the command checks a file. What is not looked at is a problem, never clean. */
export function checkText(text: string, { external = [], namespace }: CheckOptions = {}): CheckResult {
  const reader = new ManifestReader();
  const fail = (message: string) => reader.problems.push({ file: PASTED, message });
  for (const [what, name] of [...external.map((one) => ['that is delivered elsewhere', one]), ['of objects that name none', namespace]]) {
    const fault = name === undefined ? undefined : labelFault(name);
    if (fault) fail(`the namespace ${what} is '${name}', but ${fault}`);
  }
  if (text.length > MAX_CHARACTERS) fail(`holds more than ${MAX_CHARACTERS} characters, which this page does not read; use the command`);
  else if (text.includes('\0')) fail('is binary: it holds a NUL byte');
  else {
    reader.readText(text, PASTED);
    if (reader.documents === 0 && reader.problems.length === 0) fail('holds no document: there is nothing to check');
  }
  return checkReadings(reader, { external, namespace });
}
