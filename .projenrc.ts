import { cdk8s, javascript } from 'projen';

/** The one place that knows where the project lives. */
const REPOSITORY = 'https://github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-snapshot-clone',
  description:
    'Fill a claim in one Kubernetes namespace from a VolumeSnapshot in another: the matched ReferenceGrant, VolumeSnapshot and claim as cdk8s constructs',
  author: 'The cdk8s-snapshot-clone authors',
  authorAddress: 'cdk8s-snapshot-clone@users.noreply.github.com',
  authorOrganization: true,
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-snapshot-clone authors',
  repositoryUrl: `${REPOSITORY}.git`,
  homepage: `${REPOSITORY}#readme`,
  keywords: ['cdk8s', 'kubernetes', 'csi', 'volumesnapshot', 'referencegrant', 'persistentvolumeclaim', 'argocd', 'gitops'],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,

  // Compiled and tested against the lowest versions that users may have.
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.5.0',
  peerDeps: ['cdk8s-plus-27@^2.9.5'],
  devDeps: [
    // Lays out the picture of docs/playground.html; it is in that page, users do not get it.
    '@dagrejs/dagre@^3.1.3',
    // Evaluates the expressions of the policies in the tests.
    '@marcbachmann/cel-js@^8.0.0',
    '@types/js-yaml@^4',
    '@types/picomatch@^4',
    '@types/sarif@^2.1.7',
    'ajv@^8',
    'backport@file:projenrc/no-backport',
    'cdk8s-cli@^2.207.60',
    // It puts the command and its libraries (js-yaml, picomatch) into one file. Its install script only checks that its binary runs; users do
    // not get it.
    'esbuild@^0.28.2',
    'fast-check@^4',
    'fast-xml-parser@^5',
    'js-yaml@^4',
    'picomatch@^4',
    'jsii-rosetta@~6.0',
    // 10 needs Node 22, and we build on 20 too.
    '@stryker-mutator/core@^9',
    // The CSI driver of test/cluster speaks gRPC.
    '@grpc/grpc-js@^1.14.0',
    '@grpc/proto-loader@^0.8.0',
  ],
  jsiiVersion: '~6.0.16',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '22.x',
  // 13 needs Node 22, and we build on 20 too.
  bumpPackage: 'commit-and-tag-version@^12',

  publishToPypi: { distName: 'cdk8s-snapshot-clone', module: 'cdk8s_snapshot_clone' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8s_snapshot_clone',
    mavenGroupId: 'io.github.cdk8s-snapshot-clone',
    mavenArtifactId: 'cdk8s-snapshot-clone',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone-go', packageName: 'snapshotclone' },
  publishToNuget: { dotNetNamespace: 'Cdk8sSnapshotClone', packageId: 'Cdk8sSnapshotClone' },

  // One binary instead of the 190 packages that eslint and its plug-ins bring; it formats as well.
  eslint: false,
  biome: true,
  biomeOptions: {
    // Exact: of later versions not every platform's package is to be had, and `npm ci` fails without.
    version: '2.5.15',
    biomeConfig: {
      files: { includes: ['examples/**', 'bench/**', 'playground/**/*.ts', '!**/dist', '!**/__snapshots__', '!**/.cache'] },
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 140 },
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
      linter: {
        rules: {
          style: { noNonNullAssertion: 'off', useImportType: 'error' },
          suspicious: { noExplicitAny: 'error' },
        },
      },
    },
  },

  // The library's folders stand side by side at the top, imports/ among them.
  entrypoint: 'lib/src/index.js',

  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      modulePathIgnorePatterns: [
        '<rootDir>/dist/',
        '<rootDir>/examples/.*/dist/',
        '<rootDir>/projenrc/no-backport/',
        '<rootDir>/test/cluster/.cache/',
        '<rootDir>/coverage/',
      ],
      reporters: [new javascript.JestReporter('<rootDir>/projenrc/closing-line.js')],
      testTimeout: 60_000,
      // It takes a cluster: `npm run test:cluster`, with a configuration of its own.
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/'],
    },
  },
  githubOptions: { mergify: false },
  pullRequestTemplate: false,
});

project.package.addField('types', 'lib/src/index.d.ts');
project.package.addField('overrides', {
  // Of 1.13.0 not every platform's package is to be had, and `npm ci` fails without.
  'unrs-resolver': '1.12.2',
  // A maintainers' tool that cdk8s-plus-27 lists as an optional dependency: 184 packages and an install script.
  backport: '$backport',
});
project.tsconfig?.file.addOverride('compilerOptions.rootDir', '.');
project.tsconfig?.file.addOverride('include', ['src/**/*.ts', 'imports/**/*.ts']);
// What ts-node runs without a type check is checked in the test task.
project.tryFindObjectFile('projenrc/tsconfig.json')?.addToArray('include', '../bench/**/*.ts', '../examples/**/*.ts');
project.npmignore?.exclude(
  '/imports/',
  '/examples/',
  '/docs/',
  '/bench/',
  '/playground/',
  '/rosetta/',
  '/projenrc/',
  '/.projenrc.ts',
  '/.ci/',
  '/biome.jsonc',
  '.jsii.tabl.json',
  // In the command's one file; unbundled they would look for libraries that users do not have.
  '/lib/src/check/reading/',
  '/lib/src/check/reports/',
  '/lib/src/cli/',
  '/lib/src/graph/',
  '/lib/src/plugin/',
);
project.gitignore.exclude('.jsii.tabl.json', 'examples/**/dist/', '/coverage/', '/test/cluster/.cache/', '/bench/.cache/');

project.tasks.addEnvironment('CDK8S_CHECK_UPGRADE', 'false');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.postCompileTask.exec('jsii-rosetta extract --strict', { name: 'README and docstring examples compile' });
project.postCompileTask.exec('jsii-pacmak --code-only --outdir node_modules/.cache/bindings --target dotnet python java go', {
  name: 'every jsii language can express the API',
});

project.addTask('import', {
  description: 'Make imports/ again from the CRDs of the Go modules (needs Go)',
  exec: 'ts-node --project projenrc/tsconfig.json projenrc/import-crds.ts',
});

project.addTask('rules-page', {
  description: 'Write docs/rules.md from the rules and their examples',
  exec: 'ts-node --project projenrc/tsconfig.json projenrc/rules-page/run.ts',
});

project.addTask('playground', {
  description: 'Write docs/playground.html, the page to try the check in a browser',
  exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/playground/run.ts',
});
project.annotateGenerated('/docs/playground.html');

// Tests and examples import the package by its name, as users do.
const linkSelf = 'node projenrc/link-self.js';

project.package.addBin({ 'snapshot-clone': 'lib/cli/snapshot-clone.js' });
project.compileTask.exec('ts-node --transpile-only --project projenrc/tsconfig.json projenrc/bundle.ts', {
  name: 'the command and the validation plugin, each with its libraries in one file',
});

// Whoever compiles may want to run an example next.
project.compileTask.exec(linkSelf);

project.testTask.reset(linkSelf);
project.testTask.spawn(project.biome!.task);
project.testTask.exec('tsc --noEmit --project projenrc/tsconfig.json', { name: 'type check of what ts-node runs' });
project.testTask.exec('tsc --noEmit --project playground/tsconfig.json', { name: 'type check of the page for browsers' });
project.testTask.exec('tsc --noEmit --project test/tsconfig.json', { name: 'type check of the tests' });
project.testTask.exec('jest --ci', { receiveArgs: true });

const verify = project.addTask('verify', { description: 'Everything but the real cluster, as `npm test` runs it' });
for (const task of [project.defaultTask!, project.compileTask, project.postCompileTask, project.testTask]) verify.spawn(task);

const demo = project.addTask('demo', { description: 'The WordPress example, synthesized, read back and verified', exec: linkSelf });
demo.exec('ts-node --transpile-only --project projenrc/tsconfig.json projenrc/demo/run.ts');

project.addTask('mutants', {
  description: 'Changes reference/ and rules/ in some thousand places, and looks whether a test notices',
  exec: 'stryker run test/mutants/stryker.config.mjs',
  receiveArgs: true,
});

const bench = project.addTask('bench', { description: 'Measure, and write docs/performance.md', exec: linkSelf });
bench.exec('ts-node --project projenrc/tsconfig.json bench/run.ts', { receiveArgs: true });

const cluster = 'ts-node --transpile-only --project test/tsconfig.json';
project.addTask('test:cluster', {
  description: 'The acceptance test on a real Kubernetes, which it builds and boots',
  steps: [{ exec: linkSelf }, { exec: `${cluster} test/cluster/run.ts`, receiveArgs: true }],
});
project.addTask('cluster', {
  description: 'A real Kubernetes with Argo CD to play with',
  steps: [{ exec: linkSelf }, { exec: `${cluster} test/cluster/playground.ts` }],
});

project.addTask('screenshots', {
  description: "Pictures of the talk's two blogs for the documentation",
  steps: [{ exec: linkSelf }, { exec: `${cluster} test/cluster/talk/screenshots.ts` }],
});

// These work in a clean clone, where projen itself is still to be installed.
project.setScript('test', 'node projenrc/ready.js && projen verify');
project.setScript('demo', 'node projenrc/ready.js --build && projen demo');
project.setScript('test:cluster', 'node projenrc/ready.js --build && projen test:cluster');
project.setScript('screenshots', 'node projenrc/ready.js --build && projen screenshots');
project.setScript('cluster', 'node projenrc/ready.js --build && projen cluster');
project.setScript('mutants', 'node projenrc/ready.js && projen mutants');
project.setScript('bench', 'node projenrc/ready.js --build && projen bench');

project.synth();
