import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, determineHitLimitReached, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';

/*
 * Runs the tests of Jest without Jest: a start of Jest costs a second, a mutant as such a few milliseconds. Source and tests are loaded once
 * for all mutants, and anew only for a mutant in what a module does when it is loaded. A mutant is dead with the first test that fails.
 *
 * It knows describe, test, each of both, and expect with snapshots. Tests that need more are no tests for this runner.
 */
class InProcessRunner {
  static inject = tokens(commonTokens.options);

  #files;
  #require;
  #tests = [];
  #loadedFor;

  constructor({ inProcess }) {
    this.#files = inProcess.testFiles;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    // The process of the runner works in the sandbox.
    this.#require = createRequire(join(process.cwd(), 'package.json'));
    this.#require.extensions['.ts'] = (module, path) => module._compile(this.#javaScriptOf(path), path);
    // The first counterexample is enough.
    this.#require('fast-check').configureGlobal({ endOnFailure: true });
    const each = this.#require('jest-each').bind;
    globalThis.expect = this.#require('@jest/expect').jestExpect;
    this.#define('describe', this.#describe, each);
    this.#define('test', this.#test, each);
  }

  async dryRun() {
    this.#load();
    const tests = await this.#run(this.#tests);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, disableBail, hitLimit }) {
    const stryker = this.#stryker;
    const isStatic = mutantActivation === 'static';
    stryker.hitLimit = undefined;
    stryker.activeMutant = isStatic ? activeMutant.id : undefined;
    let tests;
    try {
      this.#load(stryker.activeMutant);
      stryker.hitCount = hitLimit === undefined ? undefined : 0;
      stryker.hitLimit = hitLimit;
      stryker.activeMutant = activeMutant.id;
      const wanted = testFilter && new Set(testFilter);
      const asked = this.#tests.filter(({ id }) => !wanted || wanted.has(id));
      tests = await this.#run(
        asked.sort((a, b) => this.#timeOf(a) - this.#timeOf(b)),
        !disableBail,
      );
    } catch (error) {
      // What cannot even be loaded is seen by everybody.
      tests = [{ id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) }];
    }
    const timeout = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
    stryker.activeMutant = undefined;
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests }, disableBail);
  }

  get #stryker() {
    globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
    return globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE];
  }

  #names = [];
  #file;
  #describe = (name, body) => {
    this.#names.push(name);
    body();
    this.#names.pop();
  };
  #test = (name, body) => {
    const fullName = [...this.#names, name].join(' ');
    this.#tests.push({ id: `${this.#file} ${fullName}`, name: fullName, file: this.#file, body });
  };

  #define(name, call, each) {
    globalThis[name] = Object.assign((...given) => call(...given), { each: each(call) });
  }

  #compiled = new Map();
  /** Without a type check: a mutant need not have the right types. */
  #javaScriptOf(path) {
    const { transpileModule, ModuleKind, ScriptTarget } = this.#require('typescript');
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
    const known = this.#compiled.get(path) ?? transpileModule(readFileSync(path, 'utf8'), { compilerOptions }).outputText;
    this.#compiled.set(path, known);
    return known;
  }

  /** @param mutant the one that is active while modules are loaded, if one is. */
  #load(mutant) {
    if (this.#tests.length > 0 && mutant === undefined && this.#loadedFor === undefined) return;
    for (const path of Object.keys(this.#require.cache)) if (!path.includes('node_modules')) delete this.#require.cache[path];
    this.#tests = [];
    this.#names = [];
    // Should this throw, it is to be loaded again.
    this.#loadedFor = mutant ?? 'nothing yet';
    for (const file of this.#files) {
      this.#file = file;
      this.#require(join(process.cwd(), file));
    }
    this.#loadedFor = mutant;
  }

  /** As measured before: the quick ones come first, and spare most mutants the slow ones. */
  #times = new Map();
  #timeOf({ id }) {
    return this.#times.get(id) ?? 0;
  }

  async #run(tests, bail = false) {
    const results = [];
    const snapshots = new Map();
    for (const { id, name, file, body } of tests) {
      const snapshotState = snapshots.get(file) ?? this.#snapshotsOf(file);
      snapshots.set(file, snapshotState);
      globalThis.expect.setState({ currentTestName: name, testPath: join(process.cwd(), file), snapshotState, suppressedErrors: [] });
      this.#stryker.currentTestId = id;
      const started = performance.now();
      let failureMessage;
      try {
        await body();
        // A snapshot that differs is told afterwards: a test may hold several.
        const [differs] = globalThis.expect.getState().suppressedErrors;
        if (differs) throw differs;
      } catch (error) {
        failureMessage = String(error?.message ?? error);
      }
      this.#stryker.currentTestId = undefined;
      const status = failureMessage === undefined ? TestStatus.Success : TestStatus.Failed;
      const timeSpentMs = performance.now() - started;
      this.#times.set(id, timeSpentMs);
      results.push({ id, name, fileName: file, timeSpentMs, status, failureMessage });
      if (bail && failureMessage !== undefined) break;
    }
    return results;
  }

  #snapshotsOf(file) {
    const path = join(process.cwd(), file.replace(/([^/]*)$/, '__snapshots__/$1.snap'));
    const { SnapshotState } = this.#require('jest-snapshot');
    const snapshotFormat = { escapeString: false, printBasicPrototype: false };
    return new SnapshotState(path, { updateSnapshot: 'none', expand: false, rootDir: process.cwd(), snapshotFormat, prettierPath: null });
  }
}

export const strykerValidationSchema = { type: 'object', properties: { inProcess: { type: 'object' } } };

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
