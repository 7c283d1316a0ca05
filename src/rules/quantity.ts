import { text } from './fields';

/** A decimal number and what it is multiplied by. The API server takes `1.` and `.5` too. */
const QUANTITY = /^\+?(\d+(?:\.\d*)?|\.\d+)(|[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)$/;
/** Nobody writes a size of more characters; a number of any length would have to be computed. */
const MAX_LENGTH = 64;
const PLAIN = /^(\d{1,9})(Mi|Gi)$/;
const SHIFT = { Mi: 20n, Gi: 30n };
const BINARY = 'KMGTPE';
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** Beyond this many zeros a number is too large, or less than one byte, whatever stands before them. */
const MAX_EXPONENT = 100;
/** Quantities of bytes are 64-bit integers in the API server; of more than that it makes another number. */
const TOO_MANY = 2n ** 63n;

/**
 * The number of bytes that a size stands for, as Kubernetes reads it: part of a byte counts as one. Nothing: it is no quantity, less than
 * zero, or 8Ei and more.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function bytesIn(quantity: unknown): bigint | undefined {
  const written = typeof quantity === 'number' ? String(quantity) : text(quantity).trim();
  // Nearly every size is a whole number of these.
  const plain = PLAIN.exec(written);
  if (plain) return BigInt(plain[1]) << SHIFT[plain[2] as keyof typeof SHIFT];
  if (written.length > MAX_LENGTH) return undefined;
  const [, number, suffix] = QUANTITY.exec(written) ?? [];
  if (number === undefined) return undefined;
  const [whole, fraction = ''] = number.split('.');
  const bytes = product(BigInt(whole + fraction), fraction.length, suffix);
  return bytes < TOO_MANY ? bytes : undefined;
}

function product(digits: bigint, decimals: number, suffix: string): bigint {
  if (suffix.endsWith('i')) return ceil(digits * 1024n ** BigInt(BINARY.indexOf(suffix[0]) + 1), 10n ** BigInt(decimals));
  const exponent = DECIMAL[suffix] ?? Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Number(suffix.slice(1))));
  return ceil(digits * 10n ** BigInt(Math.max(exponent, 0)), 10n ** BigInt(decimals + Math.max(-exponent, 0)));
}

function ceil(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
