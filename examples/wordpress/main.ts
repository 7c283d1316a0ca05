import { App, YamlOutputType } from 'cdk8s';
import { Dev } from './dev';
import { Prod } from './prod';
import { Share } from './share';

/**
 * The dated copies of prod's database that dev may have, the newest first.
 *
 * The first commit of a new environment has `[]`: prod starts, WordPress is installed, and a copy of an empty database helps nobody. Once
 * there is data, a second commit names the first generation, and the share and dev's database come with it.
 *
 * After that: put a new name in front, drop the oldest, and keep at least two, so that a copy is on offer while the newest is being taken.
 * NEVER use a name again: the snapshot would hold the data of that later day.
 */
const GENERATIONS: string[] = ['2026-11-22', '2026-11-15'];

// Three charts are three folders under dist/, one for each Argo CD Application, to be created in this order.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
new Prod(app, 'prod');
const share = new Share(app, 'share', GENERATIONS);
new Dev(app, 'dev', share.mysql);
app.synth();
