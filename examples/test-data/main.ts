import { App, YamlOutputType } from 'cdk8s';
import { Runner } from './runner';
import { TestData } from './test-data';

/**
 * The builds of the test database on offer, the newest first. Whoever changes a file in prepare/ puts a new name in front: it builds the
 * database anew, and each runner gets a new copy. NEVER use a name again: the snapshot would hold the build of that later day. For the same
 * reason the list began with one name, and grew commit by commit; after that, keep two.
 */
const GENERATIONS = ['2026-11', '2026-10'];

/**
 * The CI runners. A name and not a number, and the order means nothing: taking one out of the list removes that runner, and no other runner
 * notices.
 */
const RUNNERS = [
  'alder',
  'ash',
  'aspen',
  'beech',
  'birch',
  'cedar',
  'cherry',
  'elm',
  'fir',
  'hazel',
  'holly',
  'juniper',
  'larch',
  'lime',
  'maple',
  'oak',
  'pine',
  'poplar',
  'rowan',
  'spruce',
];

// A folder for each runner, and so an Application for each (an ApplicationSet over the folders dist/ci-*): a runner that is stuck holds up
// nobody else's new copy.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const testData = new TestData(app, 'test-data', GENERATIONS);
for (const runner of RUNNERS) new Runner(app, `ci-${runner}`, testData.orders);
app.synth();
