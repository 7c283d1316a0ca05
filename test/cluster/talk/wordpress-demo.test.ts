import { claimMustBeBound } from '../claims';
import { eventsAbout } from '../events';
import { runningCluster } from '../running-cluster';
import { WordPressDemo } from './wordpress-demo';

const { AUTHOR, BACKUP_USER, POST } = WordPressDemo;

const cluster = runningCluster({ argocd: true, pods: true });

describe('the wordpress example, synced by Argo CD', () => {
  let demo: WordPressDemo;

  beforeAll(async () => {
    demo = await WordPressDemo.start(cluster());
  });

  // Unset when the start failed, which has cleaned up by itself then.
  afterAll(() => demo?.stop());

  /** Dev's author signs in with dev's password: the example's take-over has given it to every user of the copy. */
  const signInToDev = () => demo.dev.blog.signIn(AUTHOR, demo.dev.passwords['site-password']!);
  const signInToProd = () => demo.prod.blog.signIn(AUTHOR, demo.authorsPassword);

  test('binds the claim of dev at its first try', async () => {
    await claimMustBeBound(cluster(), demo.clone);
    expect(await eventsAbout(cluster(), demo.clone, 'ProvisioningFailed')).toEqual([]);
  });

  test('shows in dev, over HTTP, the post that was written in prod', async () => {
    expect(demo.dev.blog.address).not.toBe(demo.prod.blog.address);
    expect(await demo.prod.blog.titles()).toContain(POST);
    expect(await demo.dev.blog.titles()).toContain(POST);
  });

  test('leaves prod without a post that is written in dev', async () => {
    const author = await signInToDev();
    await author.write('Tried out in dev', 'Nobody outside of dev reads this.');
    expect(await demo.dev.blog.titles()).toContain('Tried out in dev');
    expect(await demo.prod.blog.titles()).not.toContain('Tried out in dev');
  });

  test('leaves dev without a post that is written in prod afterwards', async () => {
    const author = await signInToProd();
    await author.write('Autumn sale', 'Written in prod, after the snapshot.');
    expect(await demo.prod.blog.titles()).toContain('Autumn sale');
    expect(await demo.dev.blog.titles()).not.toContain('Autumn sale');
  });

  test("opens dev's database with dev's password, and not with prod's", async () => {
    const { prod, dev } = demo;
    expect(await prod.database.signIn('wordpress', prod.passwords.password)).toBe('wordpress@%');
    expect(await dev.database.signIn('wordpress', dev.passwords.password)).toBe('wordpress@%');
    await expect(dev.database.signIn('wordpress', prod.passwords.password)).rejects.toThrow("Access denied for user 'wordpress'");
  });

  test("makes dev's root take dev's password, and not prod's", async () => {
    const { prod, dev } = demo;
    expect(await prod.database.signInLocally('root', prod.passwords['root-password'])).toBe('root@localhost');
    expect(await dev.database.signInLocally('root', dev.passwords['root-password'])).toBe('root@localhost');
    await expect(dev.database.signInLocally('root', prod.passwords['root-password'])).rejects.toThrow("Access denied for user 'root'");
  });

  test("locks every other account of prod's database in the copy", async () => {
    expect(await demo.prod.database.signIn(BACKUP_USER, demo.backupPassword)).toBe(`${BACKUP_USER}@%`);
    await expect(demo.dev.database.signIn(BACKUP_USER, demo.backupPassword)).rejects.toThrow('this account is locked');
  });

  test("takes the password of dev's site on dev's site, and not prod's", async () => {
    await signInToProd();
    await signInToDev();
    await expect(demo.dev.blog.signIn(AUTHOR, demo.authorsPassword)).rejects.toThrow('is incorrect');
  });

  test("keeps the links of dev's front page in dev", async () => {
    const page = await (await demo.dev.blog.frontPage()).text();
    expect(page).toContain(`href="${demo.dev.blog.address}/`);
    expect(page).not.toContain(demo.prod.blog.address);
  });

  test('asks search engines to stay away from dev, and from dev alone', async () => {
    const robots = async (blog: typeof demo.dev.blog) => (await blog.frontPage()).headers.get('X-Robots-Tag');
    expect(await robots(demo.dev.blog)).toBe('noindex, nofollow');
    expect(await robots(demo.prod.blog)).toBeNull();
  });
});
