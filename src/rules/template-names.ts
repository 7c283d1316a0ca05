import type { Claim } from './claim';

/**
 * The names of the claims that controllers make from templates: a set does not spell them out, and a claim may still be filled from one.
 */
export class TemplateNames {
  private readonly patterns = new Set<string>();

  constructor(claims: Iterable<Claim>) {
    for (const { namespace, name } of claims) if (name.includes('*')) this.patterns.add(`${namespace} ${name}`);
  }

  /** Whether a claim of this name can come from one of the templates: `data-mysql-0` from `data-mysql-*`, `web-x7k2p-cache` from `*-cache`. */
  has(namespace: string, name: string): boolean {
    for (let dash = name.indexOf('-'); dash !== -1; dash = name.indexOf('-', dash + 1)) {
      const [before, after] = [name.slice(0, dash), name.slice(dash + 1)];
      if (this.patterns.has(`${namespace} *-${after}`)) return true;
      if (/^\d+$/.test(after) && this.patterns.has(`${namespace} ${before}-*`)) return true;
    }
    return false;
  }
}
