import type { Size } from 'cdk8s';

const QUANTITY = /^(.+)([KMGTP])i$/;
const UNITS = 'KMGTP';
/** Quantities of bytes are 64-bit integers in the API server. */
const TOO_MANY = 2 ** 63;

/**
 * The number of bytes of a size, which has to be exact: Kubernetes rounds a fraction of a byte up, and the claim in the cluster would
 * differ from the claim in Git.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function bytesOf(what: string, size: Size): number {
  const [, amount, unit] = QUANTITY.exec(size.asString()) ?? [];
  const bytes = Number(amount) * 1024 ** (UNITS.indexOf(unit ?? '') + 1);
  if (!(bytes > 0) || !Number.isInteger(bytes) || bytes >= TOO_MANY) {
    throw new Error(`${what} is '${size.asString()}', but must be more than 0 and less than 8192Pi, and a whole number of bytes`);
  }
  return bytes;
}
