import { inOrder, type Report } from './report';

/** For programs. Its fields are a contract: report.schema.json, which is in the package. */
export const jsonReport: Report = ({ summary, findings, suppressed, notices, problems }) => {
  return `${JSON.stringify({ summary, findings: inOrder(findings), suppressed: inOrder(suppressed), notices, problems }, null, 2)}\n`;
};
