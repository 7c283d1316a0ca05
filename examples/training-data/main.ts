import { App, YamlOutputType } from 'cdk8s';
import { Tickets } from './tickets';
import { Training } from './training';

/**
 * The versions of the data set on offer, the newest first. A new one is put in front, in a commit of its own, when its data is there; the
 * oldest goes. A version never changes, and its name never comes back.
 */
const VERSIONS = ['v7', 'v6'];

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const tickets = new Tickets(app, 'tickets', VERSIONS);

// Tries each new version as soon as it is on offer.
new Training(app, 'triage-next', { tickets: tickets.share });
// The model that is in use: who trains it again next year gets the same numbers.
new Training(app, 'triage-release', { tickets: tickets.share, version: 'v6' });

app.synth();
