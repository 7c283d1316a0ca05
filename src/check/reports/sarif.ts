import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result, Suppression } from 'sarif';
import type { Rule, Severity } from '../../rules/rule';
import type { Finding } from '../finding';
import type { Problem } from '../problem';
import { fullMessage, inOrder, objectText, pageOf, type Report, rulesOf, slashed } from './report';

const LEVEL: { readonly [severity in Severity]: Result.level } = { error: 'error', warning: 'warning', info: 'note' };

/**
 * For code scanning: SARIF 2.1.0.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarifReport: Report = ({ findings, suppressed, notices, problems }, { version }) => {
  const rules = rulesOf([...findings, ...suppressed]);
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'snapshot-clone',
            version,
            informationUri: 'https://github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone',
            rules: rules.map(ruleOf),
          },
        },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: [
              ...problems.map((problem) => notificationOf(problem, 'error')),
              ...notices.map((notice) => notificationOf(notice, 'note')),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: [
          ...inOrder(findings).map((finding) => resultOf(finding, rules)),
          ...inOrder(suppressed).map((finding) => resultOf(finding, rules, { kind: 'inSource', justification: finding.reason })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function ruleOf({ id, severity, sentence, why, remediation }: Rule): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: sentence },
    fullDescription: { text: why },
    help: { text: remediation },
    helpUri: pageOf(id),
    defaultConfiguration: { level: LEVEL[severity] },
  };
}

function resultOf(finding: Finding, rules: readonly Rule[], suppression?: Suppression): Result {
  const { rule, severity, object, file, line, remediation } = finding;
  const subject = objectText(finding);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: LEVEL[severity],
    message: { text: `${fullMessage(finding)}. ${remediation}` },
    locations: [
      {
        ...(file !== undefined && { physicalLocation: placeOf(file, line) }),
        logicalLocations: [{ name: object.name, fullyQualifiedName: subject, kind: 'resource' }],
      },
    ],
    // What stays the same when lines move: code scanning knows a finding again by it.
    partialFingerprints: { 'object/v1': `${rule} ${object.apiVersion} ${subject}` },
    ...(suppression && { suppressions: [suppression] }),
  };
}

function notificationOf({ file, line, message }: Problem, level: Notification.level): Notification {
  return { level, message: { text: message }, ...(file && { locations: [{ physicalLocation: placeOf(file, line) }] }) };
}

function placeOf(file: string, line: number | undefined): PhysicalLocation {
  const uri = slashed(file)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { artifactLocation: { uri }, ...(line !== undefined && { region: { startLine: line } }) };
}
