import { App, Chart, Size, YamlOutputType } from 'cdk8s';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';

// The repository of the team that keeps the map data. A job of theirs, not this app, loads a new data set every half-year and takes the
// snapshots `geodata-2026-10`, `geodata-2026-04`, ... in their namespace.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const chart = new Chart(app, 'geodata', { namespace: 'geodata' });

const geodata = new SharedSnapshot(chart, 'geodata', {
  namespace: 'geodata',
  snapshotName: 'geodata',
  // The newest first. The one before stays on offer while new environments are still being made from it.
  generations: ['2026-10', '2026-04'],
  restoreSize: Size.gibibytes(40),
});

// Who may start from our data: one line, one ReferenceGrant, one review. The claims are theirs, in repositories of theirs.
geodata.grantTo('routing-dev', 'routing-staging', 'search-dev');

app.synth();
