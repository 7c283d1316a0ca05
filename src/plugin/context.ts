/*
 * What `cdk8s synth` hands to a validation plugin, as far as it is used here. Written down instead of imported: cdk8s-cli is no dependency of
 * those who only use the constructs. test/plugin compares it with the real one.
 */

/** One object that violates a rule. */
export interface ViolatingResource {
  /** The name by which the CLI finds the construct path. */
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}

/** All objects that violate a rule in the same manner. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly violatingResources: readonly ViolatingResource[];
  readonly fix: string;
}

/** What the CLI prints and writes down. */
export interface ValidationReport {
  addViolation(violation: Violation): void;
  submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
}

/** What was synthesized, and where to say what is wrong with it. */
export interface ValidationContext {
  /** Paths of files. */
  readonly manifests: readonly string[];
  readonly report: ValidationReport;
}
