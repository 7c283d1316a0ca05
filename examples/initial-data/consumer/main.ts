import { App, YamlOutputType } from 'cdk8s';
import { Environment } from './environment';

// The repository of the routing team: each of its environments starts with the map data of another team.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

new Environment(app, 'routing-dev', { generation: '2026-10' });
// Moves on by itself when its release does.
new Environment(app, 'routing-staging', { generation: '2026-04' });

app.synth();
