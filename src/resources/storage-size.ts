import type { Size } from 'cdk8s';
import { quoted } from '../reference/quoted';
import type { Subject } from './subject';

/** A decimal number and a unit, as a quantity is written; an exponent beside a unit is none. */
const QUANTITY = /^(\d+)(?:\.(\d+))?([KMGTP])i$/;
const UNITS = 'KMGTP';
/** Quantities of bytes are 64-bit integers in the API server. */
const TOO_MANY = 2n ** 63n;

/**
 * The number of bytes of a size, which has to be exact: Kubernetes rounds a fraction of a byte up, and the claim in the cluster would
 * differ from the claim in Git.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function bytesOf(field: string, what: Subject, size: Size): bigint {
  if (typeof size?.asString !== 'function') {
    throw new Error(`${field} of ${what} is ${quoted(size)}, but must be a Size, such as Size.gibibytes(20)`);
  }
  const text = size.asString();
  const [, whole, fraction = '', unit] = QUANTITY.exec(text) ?? [];
  if (whole !== undefined) {
    const scale = 10n ** BigInt(fraction.length);
    const scaled = BigInt(whole + fraction) * 1024n ** BigInt(UNITS.indexOf(unit) + 1);
    const bytes = scaled / scale;
    if (scaled % scale === 0n && bytes > 0n && bytes < TOO_MANY) return bytes;
  }
  throw new Error(`${field} of ${what} is '${text}', but must be more than 0 and less than 8192Pi, and a whole number of bytes`);
}
