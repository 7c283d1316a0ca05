import { App, Chart, ApiObject as Construct } from 'cdk8s';
import type { ApiObject } from './api/api-object';

/** What the constructs of the library emit, in a chart of its own, as objects for the API. */
export function synthesized(build: (chart: Chart) => void): ApiObject[] {
  const chart = new Chart(new App(), 'chart');
  build(chart);
  return chart.toJson();
}

/** What one App emits for an owner and a consumer who deliver apart, a chart for each. */
export interface BothSides {
  readonly owner: ApiObject[];
  readonly consumer: ApiObject[];
}

export function synthesizedApart(build: (owner: Chart, consumer: Chart) => void): BothSides {
  const app = new App();
  const [owner, consumer] = [new Chart(app, 'owner'), new Chart(app, 'consumer')];
  build(owner, consumer);
  return { owner: owner.toJson(), consumer: consumer.toJson() };
}

/** The object of a kind; it is an error if there is none, or another. */
export function theOnly(kind: string, objects: readonly ApiObject[]): ApiObject {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1) {
    throw new Error(`there are ${found.length} objects of the kind ${kind}, not one`);
  }
  return found[0];
}

/** A manifest that the library does not make, beside what it makes: its id is its name. */
export function written(chart: Chart, manifest: ApiObject): Construct {
  const { finalizers: _, ...metadata } = manifest.metadata;
  return new Construct(chart, manifest.metadata.name, { ...manifest, metadata });
}
