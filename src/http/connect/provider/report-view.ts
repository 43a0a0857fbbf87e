import type { ImportIssue, ImportReport } from '../../../domain/orders/feed.js';

/** As source 003 shows it: every number as text, moments in seconds since 1970. */
export function reportView({
  reportId,
  importedAt,
  modifiedAt,
  md5,
  size,
  encoding,
  lines,
  warnings,
  errors,
  issueLines,
}: ImportReport): object {
  return {
    id: String(reportId),
    date: secondsOf(importedAt),
    modified: secondsOf(modifiedAt),
    md5,
    size: String(size),
    encoding,
    lines: String(lines),
    warnings: String(warnings),
    errors: String(errors),
    issue_lines: String(issueLines),
  };
}

export function issueView({
  severity,
  message,
  parameters,
  lines,
  field,
  productId,
  productTitle,
}: ImportIssue): object {
  return { severity, message, parameters, line: lines.join(', '), field, productId, productTitle };
}

function secondsOf(moment: Date): string {
  return String(Math.floor(moment.getTime() / 1000));
}
