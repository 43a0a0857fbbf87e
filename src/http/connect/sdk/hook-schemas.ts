import type { FromSchema } from 'json-schema-to-ts';

const URL_TEXT = { type: 'string', minLength: 1, maxLength: 2048 } as const;
const EVENT_NAME = { type: 'string', minLength: 1, maxLength: 500 } as const;

/** Body of `POST /sdk/hooks`. */
export const HOOK_BODY = {
  type: 'object',
  required: ['eventName', 'url'],
  properties: { eventName: EVENT_NAME, url: URL_TEXT },
} as const;
export type HookBody = FromSchema<typeof HOOK_BODY>;

/** Body of `DELETE /sdk/hooks`; without `eventName` all events of that URL. */
export const HOOK_REMOVAL = {
  type: 'object',
  required: ['url'],
  properties: { eventName: EVENT_NAME, url: URL_TEXT },
} as const;
export type HookRemoval = FromSchema<typeof HOOK_REMOVAL>;

/** Body of `POST /sdk/hooks/resume`. */
export const HOOK_RESUME = { type: 'object', required: ['url'], properties: { url: URL_TEXT } } as const;
export type HookResume = FromSchema<typeof HOOK_RESUME>;

/** Body of `POST /sdk/hooks/replay`. */
export const HOOK_REPLAY = {
  type: 'object',
  required: ['url', 'revision'],
  properties: { url: URL_TEXT, revision: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } },
} as const;
export type HookReplay = FromSchema<typeof HOOK_REPLAY>;
