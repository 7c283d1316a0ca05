import { App, YamlOutputType } from 'cdk8s';
import { SnapshotAccess } from 'cdk8s-snapshot-clone';
import { People } from './people';
import { Projects } from './projects';

// How the shares of prod are read: the word that they say as `access`. It changes the consumer's project, and nobody's Role.
const ACCESS = SnapshotAccess.DATA_SOURCE_REFERENCE;

// The platform team's repository: who may do what, for one owner and one consumer. Both folders are applied by the platform team alone; an
// owner or a consumer who could change them would need nobody's consent.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
new People(app, 'people');
new Projects(app, 'projects', ACCESS);
app.synth();
