import type { FromSchema } from 'json-schema-to-ts';
import type { Outcome } from '../../domain/error-codes.js';
import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';
import type { FeedCalls } from '../../usecases/orders/manage-subscriptions.js';
import { bodyCheck, jsonOf } from '../body/check-input.js';
import type { ConnectRoute } from './connect-router.js';
import { type ConnectAnswer, jsonAnswer, refusalAnswer } from './envelope.js';

/** Body of `POST /sdk/provider/import-url`. */
export const IMPORT_BODY = {
  type: 'object',
  required: ['url'],
  properties: { url: { type: 'string', minLength: 1, maxLength: 2048 } },
} as const;
const checkBody = bodyCheck<FromSchema<typeof IMPORT_BODY>>(IMPORT_BODY);

/** Shopware Connect's CSV feed and its reports. The progress of an import is our addition. */
export function feedRoutes(feeds: FeedCalls): ConnectRoute[] {
  return [
    {
      method: 'post',
      path: '/sdk/provider/import-url',
      async call({ shop, payload }) {
        const json = jsonOf(payload);
        const body = json.ok ? checkBody(json.value) : json;
        return body.ok ? feedAnswer(await feeds.register(shop, body.value.url)) : refusalAnswer(body.refusal);
      },
    },
    { method: 'get', path: '/sdk/provider/import-url', call: async ({ shop }) => feedAnswer(await feeds.find(shop)) },
    {
      method: 'get',
      path: '/api/provider/reports',
      call: async ({ shop }) => jsonAnswer((await feeds.reports(shop)).map(reportView)),
    },
    {
      method: 'get',
      path: '/api/provider/report/:id',
      async call({ req, shop }) {
        const found = await feeds.report(shop, String(req.params['id']));
        return found.ok
          ? jsonAnswer({ issues: found.value.issues.map(issueView), ...reportView(found.value.report) })
          : refusalAnswer(found.refusal);
      },
    },
  ];
}

function feedAnswer(outcome: Outcome<Feed>): ConnectAnswer {
  if (!outcome.ok) return refusalAnswer(outcome.refusal);
  const { url, progress, failingSince, lastError, dueAt } = outcome.value;
  const status = progress !== undefined ? 'importing' : failingSince !== undefined ? 'failing' : 'waiting';
  return jsonAnswer({
    success: true,
    feed: {
      url,
      status,
      ...(progress === undefined ? { next_import: dueAt.toISOString() } : { progress }),
      last_error: lastError,
    },
  });
}

/** Shopware Connect's format: every number as text, times in seconds since 1970. */
function reportView({
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

function issueView({ severity, message, parameters, lines, field, productId, productTitle }: ImportIssue): object {
  return { severity, message, parameters, line: lines.join(', '), field, productId, productTitle };
}

function secondsOf(moment: Date): string {
  return String(Math.floor(moment.getTime() / 1000));
}
