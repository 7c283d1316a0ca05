import { App, YamlOutputType } from 'cdk8s';
import { Dev } from './dev';
import { Platform } from './platform';
import { Prod } from './prod';

/** The dated copies of prod's orders that dev may have, the newest first. NEVER use a name again. */
const GENERATIONS = ['2026-11-22', '2026-11-15'];

// Three charts are three folders under dist/, for three teams with the rights of their own; in repositories of their own if they like.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
new Platform(app, 'platform');
new Prod(app, 'prod', GENERATIONS);
new Dev(app, 'dev', GENERATIONS[0]);
app.synth();
