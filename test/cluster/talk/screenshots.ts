import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Cluster } from '../cluster';
import { eventually } from '../processes/eventually';
import { Service } from '../processes/service';
import build from '../tools/build';
import { installDebianPackages } from '../tools/debian-packages';
import type { Blog } from './blog';
import { WordPressDemo } from './wordpress-demo';

const ROOT = join(__dirname, '..', '..', '..');
const PICTURES = join(ROOT, 'docs', 'pictures');
const SIZE = '800,1000';

/** Takes the pictures of both blogs for the documentation. */
async function main(): Promise<void> {
  build();
  installDebianPackages({ chromium: 'chromium' });
  const cluster = await Cluster.start('screenshots', { argocd: true, pods: true });
  try {
    const demo = await WordPressDemo.start(cluster);
    try {
      await writeOnBothSides(demo);
      mkdirSync(PICTURES, { recursive: true });
      await photograph(cluster, demo.prod.blog, join(PICTURES, 'prod.png'));
      await photograph(cluster, demo.dev.blog, join(PICTURES, 'dev.png'));
    } finally {
      await demo.stop();
    }
  } finally {
    await cluster.stop();
  }
}

/** So that the pictures show what the two have in common, and what they have not. */
async function writeOnBothSides({ prod, dev, authorsPassword }: WordPressDemo): Promise<void> {
  const inProd = await prod.blog.signIn(WordPressDemo.AUTHOR, authorsPassword);
  await inProd.write('Autumn sale', 'Written in prod, after the snapshot.');
  const inDev = await dev.blog.signIn(WordPressDemo.AUTHOR, dev.passwords['site-password']!);
  await inDev.write('Tried out in dev', 'Nobody outside of dev reads this.');
}

/** The top of a front page, as a browser shows it. */
async function photograph(cluster: Cluster, blog: Blog, picture: string): Promise<void> {
  rmSync(picture, { force: true });
  const browser = await Service.start({
    name: 'chromium',
    program: 'chromium',
    args: [
      '--headless',
      // The browser's own sandbox does not work for root; it reads nothing here but our own page.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      `--user-data-dir=${join(cluster.folder, 'chromium')}`,
      '--no-first-run',
      '--disable-gpu',
      '--disable-background-networking',
      '--hide-scrollbars',
      '--force-device-scale-factor=1',
      `--window-size=${SIZE}`,
      `--screenshot=${picture}`,
      `${blog.address}/`,
    ],
    logFile: join(cluster.logs, 'chromium.log'),
  });
  try {
    await eventually('the browser to end', () => {
      if (browser.running) throw new Error('it runs');
    });
  } finally {
    await browser.kill();
  }
  if (!existsSync(picture)) {
    throw new Error(`There is no picture of ${blog.address}, see ${browser.logFile}`);
  }
  console.log(`${relative(ROOT, picture)}: ${Math.ceil(statSync(picture).size / 1024)} KB`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
