import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCsiSanity, type SanityReport } from './csi-sanity';
import { SKIPPED } from './csi-sanity-skips';
import { DirectoryDriver } from './directory-driver';

describe.each(['mount', 'block'] as const)('the CSI driver with %s volumes', (accessType) => {
  const folder = mkdtempSync(join(tmpdir(), 'csi-'));
  const driver = new DirectoryDriver(folder);
  let report: SanityReport;

  beforeAll(async () => {
    await driver.start();
    report = await runCsiSanity(driver.socket, folder, accessType);
  });

  afterAll(async () => {
    await driver.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('conforms to the CSI specification in all that it announces', () => {
    expect(report.failed).toEqual([]);
    expect(report.passed).toHaveLength(51);
  });

  test('is excused from nothing but what is listed with a reason', () => {
    expect(report.skipped).toEqual(Object.fromEntries(SKIPPED.map((group) => [group.message, group.specifications])));
  });
});
