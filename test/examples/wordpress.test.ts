import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Dev } from '../../examples/wordpress/dev';
import { Prod } from '../../examples/wordpress/prod';
import { Share } from '../../examples/wordpress/share';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { itsPodsAreFitForProduction } from './pod-rules';
import { type KubernetesObject, mountersOf, ofKind, podOf, ROOT, Synthesis, waveOf } from './synthesis';

const synthesis = new Synthesis('wordpress');
const all = synthesis.objects();
const dev = synthesis.objects('dev/');

describe('as written by the CLI', () => {
  test.each([...synthesis.files])('%s is what it was', (_path, text) => {
    expect(text).toMatchSnapshot();
  });

  test('the three parts are three folders, for three Applications', () => {
    expect(synthesis.folders).toEqual(['dev', 'prod', 'share']);
    for (const [folder, namespace] of Object.entries({ prod: 'prod', share: 'prod', dev: 'dev' })) {
      for (const { metadata } of synthesis.objects(`${folder}/`)) expect(metadata.namespace).toBe(namespace);
    }
  });

  test('every reference resolves and is granted', () => {
    const verdicts = verdictsOf(setOf(all));
    expect(verdicts).toHaveLength(1);
    expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
  });

  test('grants name the snapshots on offer, and nothing else', () => {
    const snapshots = ofKind('VolumeSnapshot', all).map(({ metadata }) => metadata.name);
    for (const { spec } of ofKind('ReferenceGrant', all)) {
      expect(spec.to.map(({ name }: { name: string }) => name).sort()).toEqual(snapshots.sort());
    }
  });

  test('the share is alone in its folder, in one wave, before the claims', () => {
    expect(new Set(synthesis.objects('share/').map(waveOf))).toEqual(new Set([-1]));
    expect(new Set(synthesis.objects('share/').map(({ kind }) => kind))).toEqual(new Set(['ReferenceGrant', 'VolumeSnapshot']));
  });

  test('the claim and the workload that mounts it are in one wave', () => {
    const [claim] = ofKind('PersistentVolumeClaim', dev);
    const mounters = mountersOf(claim, dev);
    expect(mounters.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Deployment mysql']);
    expect(mounters.map(waveOf)).toEqual([waveOf(claim)]);
  });

  test('no two pods ever share a ReadWriteOnce claim', () => {
    for (const claim of ofKind('PersistentVolumeClaim', all)) {
      for (const { kind, spec } of mountersOf(claim, all)) {
        expect(spec.replicas).toBe(1);
        if (kind === 'Deployment') expect(spec.strategy).toEqual({ type: 'Recreate' });
      }
    }
  });

  test('both sides run the same MySQL', () => {
    const images = new Set(all.flatMap((object) => podOf(object)?.containers ?? []).map(({ image }) => image));
    expect([...images].filter((image) => image.startsWith('mysql:'))).toHaveLength(1);
  });

  itsPodsAreFitForProduction(() => all);
});

describe('secrets', () => {
  test('no Secret is committed', () => {
    expect(ofKind('Secret', all)).toEqual([]);
  });

  test("dev never refers to prod's Secret", () => {
    const prods = secretsOf(synthesis.objects('prod/'));
    expect(prods).toEqual(['prod-mysql-credentials']);
    expect(secretsOf(dev)).toEqual(['dev-mysql-credentials']);
    for (const [path, text] of synthesis.files) if (path.startsWith('dev/')) expect(text).not.toContain(prods[0]);
  });

  test('no password is an environment variable', () => {
    for (const { env } of all.flatMap((object) => podOf(object)?.containers ?? [])) {
      for (const variable of env ?? []) {
        expect(variable.valueFrom).toBeUndefined();
        if (variable.name.includes('PASSWORD')) expect(variable.name).toMatch(/_FILE$/);
      }
    }
  });

  test('an empty volume is no database to dev: the image has no password to make one with', () => {
    const [server] = podOf(deployment('mysql')).containers;
    expect(server.env).toBeUndefined();
    expect(podOf(deployment('mysql')).initContainers.map(({ name }: { name: string }) => name)).toEqual(['check-copy']);
  });
});

describe('the take-over', () => {
  const sql = readFileSync(join(ROOT, 'examples/wordpress/take-over/take-over.sql'), 'utf8');
  const statements = sql.split('\n').filter((line) => line !== '' && !line.startsWith('--'));

  test('the database opens only after all of it', () => {
    const [server] = podOf(deployment('mysql')).containers;
    expect(server.args).toContain('--init-file=/etc/mysql/take-over/take-over.sql');
    expect(server.args).toContain('--offline-mode=ON');
    expect(server.args).toContain('--persisted-globals-load=OFF');
    expect(statements.at(-1)).toBe('SET GLOBAL offline_mode = OFF;');
  });

  test('every account is locked before the first one gets a password', () => {
    expect(statements.indexOf('EXECUTE lock_all;')).toBeLessThan(statements.findIndex((statement) => statement.includes('UNLOCK')));
  });

  test('each statement is one line, as mysqld reads them', () => {
    for (const statement of statements) expect(statement).toMatch(/^[A-Z]{3,}[^;]*;$/);
  });

  test('the statements read the files that the Secret is mounted as', () => {
    const [server] = podOf(deployment('mysql')).containers;
    const mount = server.volumeMounts.find(({ name }: { name: string }) => name === 'credentials').mountPath;
    expect(server.args).toContain(`--secure-file-priv=${mount}`);
    for (const [, path] of sql.matchAll(/LOAD_FILE\('([^']*)\/[^/']*'\)/g)) expect(path).toBe(mount);
  });
});

test('dev has no effect on the world outside', () => {
  const [server] = podOf(deployment('wordpress')).containers;
  const configuration = server.env.find(({ name }: { name: string }) => name === 'WORDPRESS_CONFIG_EXTRA').value;
  for (const setting of [
    "define('WP_HOME', 'https://blog.dev.example.com');",
    "define('WP_SITEURL', 'https://blog.dev.example.com');",
    "define('DISABLE_WP_CRON', true);",
    "define('WP_HTTP_BLOCK_EXTERNAL', true);",
  ]) {
    expect(configuration.split('\n')).toContain(setting);
  }
  const plugin = ofKind('ConfigMap', dev).find(({ metadata }) => metadata.name === 'wordpress-quiet')?.data?.['quiet.php'];
  expect(plugin).toContain("add_filter( 'pre_wp_mail', '__return_false' );");
  expect(plugin).toContain("add_filter( 'pre_option_blog_public', '__return_zero' );");
  const mount = server.volumeMounts.find(({ name }: { name: string }) => name === 'quiet').mountPath;
  expect(configuration).toContain(`define('WPMU_PLUGIN_DIR', '${mount}');`);
});

describe('generations', () => {
  test('while nothing is on offer there is no snapshot, no grant and no database in dev', () => {
    const first = made([]);
    expect(ofKind('StatefulSet', first)).toHaveLength(1);
    for (const kind of ['VolumeSnapshot', 'ReferenceGrant']) expect(ofKind(kind, first)).toEqual([]);
    expect(first.filter(({ metadata }) => metadata.namespace === 'dev')).toEqual([]);
  });

  test('a new generation makes a new claim, and changes no name of a workload', () => {
    const [before, after] = [made(['b', 'a']), made(['c', 'b'])].map((objects) =>
      objects.filter(({ metadata }) => metadata.namespace === 'dev').map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
    expect(before.filter((name) => !after.includes(name))).toEqual(['PersistentVolumeClaim mysql-data-b']);
    expect(after.filter((name) => !before.includes(name))).toEqual(['PersistentVolumeClaim mysql-data-c']);
  });

  test('a new generation changes nothing in prod', () => {
    const [before, after] = [made([]), made(['c', 'b'])].map((objects) => objects.filter(({ kind }) => kind === 'StatefulSet'));
    expect(after).toEqual(before);
  });

  test.each([[[]], [['a']], [['b', 'a']]])('%j resolves and is granted', (generations: string[]) => {
    const verdicts = verdictsOf(setOf(made(generations)));
    expect(verdicts).toHaveLength(generations.length === 0 ? 0 : 1);
    expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
  });
});

function made(generations: string[]): KubernetesObject[] {
  const app = new App();
  new Prod(app, 'prod');
  new Dev(app, 'dev', new Share(app, 'share', generations).mysql);
  return app.node.children.filter(Chart.isChart).flatMap((chart) => chart.toJson());
}

function deployment(name: string): KubernetesObject {
  return ofKind('Deployment', dev).find(({ metadata }) => metadata.name === name)!;
}

function secretsOf(objects: readonly KubernetesObject[]): string[] {
  const names = objects.flatMap((object) => [
    ...JSON.stringify(object).matchAll(/"secret(?:Name|KeyRef|Ref)":(?:\{[^}]*"name":)?"([^"]*)"/g),
  ]);
  return [...new Set(names.map(([, name]) => name))];
}
