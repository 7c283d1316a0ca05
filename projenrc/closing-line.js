/** A jest reporter whose one line closes the run: the sum that people and machines read. */
class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that does not even load holds no counted test, and still is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    // jest prints its own summary after all reporters.
    process.once('exit', () => console.log(`\n${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`));
  }
}

module.exports = ClosingLine;
