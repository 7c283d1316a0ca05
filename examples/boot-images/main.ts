import { App, Size, YamlOutputType } from 'cdk8s';
import { type Image, Images } from './images';
import { Tenant } from './tenant';

/**
 * The golden images on offer, the newest first. The build of an image puts a line in front, one in a commit: the snapshot is of whatever the
 * volume holds then. NEVER use a version again.
 */
const IMAGES: Image[] = [
  { version: '2026-11', sha256: '5f0c8d9a1e5b7f7a6d0c2b9e4f1a3c8d7e6b5a4f3c2d1e0f9a8b7c6d5e4f3a2b' },
  { version: '2026-08', sha256: '0a1b2c3d4e5f60718293a4b5c6d7e8f9fedcba98765432100123456789abcdef' },
];

// A folder for the images, and one for each tenant: Applications of different teams.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const { alpine } = new Images(app, 'images', IMAGES);

new Tenant(app, 'tenant-blue', alpine, [
  { name: 'shop', image: '2026-11', disk: Size.gibibytes(20), memory: Size.gibibytes(2) },
  // Born in August, and still the same machine: a newer image is for newer machines.
  { name: 'wiki', image: '2026-08', disk: Size.gibibytes(10), memory: Size.gibibytes(1) },
]);
new Tenant(app, 'tenant-green', alpine, [{ name: 'forum', image: '2026-11', disk: Size.gibibytes(10), memory: Size.gibibytes(2) }]);

app.synth();
