/** One policy of the API server with its bindings, before it has a name. */
export interface AdmissionPolicy {
  /** Ends the name of the policy, and of its bindings. */
  readonly suffix: string;
  readonly kind: 'MutatingAdmissionPolicy' | 'ValidatingAdmissionPolicy';
  readonly spec: object;
  /** One for each set of parameters. @default - one without parameters */
  readonly bindings?: readonly PolicyBinding[];
}

export interface PolicyBinding {
  /** Ends the name of the binding. Nothing: there is only one. */
  readonly suffix?: string;
  readonly spec: object;
}

export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

export interface Validation {
  readonly expression: string;
  readonly messageExpression: string;
  readonly reason: 'Forbidden' | 'Invalid';
}

/** What a policy looks at. */
export function matching(group: string, resources: readonly string[], operations: readonly string[], objectSelector?: object): object {
  return {
    resourceRules: [{ apiGroups: [group], apiVersions: ['*'], resources, operations }],
    ...(objectSelector && { objectSelector }),
  };
}

export function applyConfiguration(expression: string): object {
  return { patchType: 'ApplyConfiguration', applyConfiguration: { expression } };
}

/** All objects of the parameter's kind: of one namespace, or, where the kind has none, of the cluster. */
export function everyParam(namespace?: string, notFound: 'Allow' | 'Deny' = 'Allow'): object {
  return { ...(namespace !== undefined && { namespace }), selector: {}, parameterNotFoundAction: notFound };
}
