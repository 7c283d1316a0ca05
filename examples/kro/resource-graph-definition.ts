import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** What this example uses of kro's ResourceGraphDefinition. See https://kro.run/docs/overview */
export interface ResourceGraphDefinitionProps {
  readonly name: string;
  readonly schema: InstanceSchema;
  readonly resources: readonly (ReferredResource | MadeResource)[];
}

/** The kind that kro makes, in kro's short way to write schemas. */
export interface InstanceSchema {
  readonly group: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: object;
  readonly status: object;
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
}

export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
}

interface Resource {
  readonly id: string;
  /** The resource is there while all of these are true; when one is no longer, kro deletes it. */
  readonly includeWhen?: readonly string[];
  readonly readyWhen?: readonly string[];
}

/** Something that exists: kro reads it, and never writes it. With a selector, a list. */
export interface ReferredResource extends Resource {
  readonly externalRef: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly namespace?: string; readonly name: string } | { readonly namespace: string; readonly selector: object };
  };
}

/** Something that kro makes for each instance, and deletes with it. */
export interface MadeResource extends Resource {
  readonly template: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
    readonly spec: object;
  };
}

export class ResourceGraphDefinition extends ApiObject {
  constructor(scope: Construct, id: string, { name, schema, resources }: ResourceGraphDefinitionProps) {
    super(scope, id, { apiVersion: 'kro.run/v1alpha1', kind: 'ResourceGraphDefinition', metadata: { name }, spec: { schema, resources } });
  }
}

/** An expression, as kro finds it in a text. */
export function cel(expression: string): string {
  return `\${${expression}}`;
}
