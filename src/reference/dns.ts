const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const MAX_LABEL = 63;
const MAX_SUBDOMAIN = 253;

/**
 * What keeps a value from being a DNS label (RFC 1123), as namespaces must be. Nothing: it is one.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function labelFault(value: unknown): string | undefined {
  if (typeof value === 'string' && value.length <= MAX_LABEL && LABEL.test(value)) return undefined;
  return `must be a DNS label: 1 to ${MAX_LABEL} of a-z, 0-9 and '-', beginning and ending with a letter or digit`;
}

/**
 * What keeps a value from being a DNS subdomain (RFC 1123), as most objects' names must be. Nothing: it is one.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function subdomainFault(value: unknown): string | undefined {
  if (typeof value === 'string' && value.length <= MAX_SUBDOMAIN && value.split('.').every((part) => LABEL.test(part))) return undefined;
  return `must be a DNS subdomain: 1 to ${MAX_SUBDOMAIN} of a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit`;
}
