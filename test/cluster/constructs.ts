import { App, Chart } from 'cdk8s';
import type { ApiObject } from './api/api-object';

/** What the constructs of the library emit, in a chart of its own, as objects for the API. */
export function synthesized(build: (chart: Chart) => void): ApiObject[] {
  const chart = new Chart(new App(), 'chart');
  build(chart);
  return chart.toJson();
}
