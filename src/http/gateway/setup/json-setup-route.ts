import type { FromSchema } from 'json-schema-to-ts';
import type { RequestHandler } from 'express';
import { type Outcome, type Refusal, accept } from '../../../domain/error-codes.js';
import { bodyCheck, jsonOf } from '../../body/check-input.js';
import type { Connection } from '../../../domain/access/connection.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import { sessionStatusOf } from '../../../domain/transmission/transmission.js';
import type { ApiKey } from '../../../ports/access/client-keys.js';
import type { CallUp, Started } from '../../../usecases/punchout/start-punchout.js';
import type { AnswerOnce } from '../api/answer-once.js';
import type { AuthenticateKey } from '../api/api-route.js';
import { PLACE_FIELDS, shipToOf } from '../../body/ship-to.js';
import { learn } from '../../exchange-facts.js';
import { type JsonAnswer, dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';

/** PunchFlow's setupSession, in snake_case. */
export const SETUP_SCHEMA = {
  type: 'object',
  required: ['protocol', 'return_url'],
  additionalProperties: false,
  properties: {
    protocol: { enum: ['cxml', 'oci'] },
    connection: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{1,47}$' },
    operation: { enum: ['create', 'edit', 'inspect'] },
    buyer_cookie: { type: 'string', maxLength: 4096 },
    return_url: { type: 'string', minLength: 1, maxLength: 2048 },
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    selected_item: { type: 'string', minLength: 1, maxLength: 255 },
    buyer: {
      type: 'object',
      additionalProperties: false,
      properties: {
        email: { type: 'string', maxLength: 254 },
        name: { type: 'string', maxLength: 200 },
        company: { type: 'string', maxLength: 200 },
      },
    },
    ship_to: {
      type: 'object',
      required: ['address_id'],
      additionalProperties: false,
      properties: { address_id: { type: 'string', minLength: 1, maxLength: 255 }, ...PLACE_FIELDS },
    },
  },
} as const;

type SetupBody = FromSchema<typeof SETUP_SCHEMA>;

const check = bodyCheck<SetupBody>(SETUP_SCHEMA);

/** Accepts camelCase names too (PunchFlow's Node.js example) and reads them as snake_case. */
export function validateSetupBody(body: unknown): Outcome<SetupBody> {
  return check(snakeCased(body));
}

/** `levels`: of objects inside each other whose names are read. */
function snakeCased(body: unknown, levels = 2): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      levels > 1 ? snakeCased(value, levels - 1) : value,
    ]),
  );
}

interface Deps {
  publicUrl: string;
  authenticateKey: AuthenticateKey;
  chooseConnection: (
    tenantId: string,
    wanted: { protocol: Protocol; connectionId?: string },
  ) => Promise<Outcome<Connection>>;
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  refused: (refusal: Refusal) => void;
  once: AnswerOnce;
}

/** `POST /v1/punchout/setup` with JSON and a Bearer key: a shop or middleware starts a punchout itself. */
export function jsonSetupRoute({
  publicUrl,
  authenticateKey,
  chooseConnection,
  start,
  refused,
  once,
}: Deps): RequestHandler {
  async function setUp(
    owner: ApiKey,
    bytes: unknown,
    repeatKey: string | undefined,
    found: (connection: Connection) => void,
  ): Promise<Outcome<Started>> {
    const read = readBody(bytes);
    if (!read.ok) return read;
    const body = read.value;
    const connection = await chooseConnection(owner.tenantId, {
      protocol: body.protocol,
      connectionId: body.connection,
    });
    if (!connection.ok) return connection;
    found(connection.value);
    return start({
      connection: connection.value,
      protocol: body.protocol,
      operation: body.operation ?? 'create',
      buyerCookie: body.buyer_cookie ?? '',
      returnUrl: body.return_url.trim(),
      repeatKey,
      request: {
        deploymentMode: 'production',
        language: body.language,
        currency: body.currency,
        buyer: { ...body.buyer },
        extrinsics: [],
        items: [],
        shipTo: shipToOf(body.ship_to),
        selectedItem: body.selected_item === undefined ? undefined : { supplierPartId: body.selected_item },
        oci: body.protocol === 'oci' ? { extra: [] } : undefined,
      },
    });
  }

  return async (req, res) => {
    const answerOf = (started: Outcome<Started>): JsonAnswer => {
      if (started.ok) learn(res, { transmission: started.value.transmission });
      if (started.ok) return dataAnswer(startedView(started.value, publicUrl), 201);
      refused(started.refusal);
      return refusalAnswer(req, started.refusal);
    };
    learn(res, { kind: 'JSON call-up' });
    const owner = await authenticateKey(req, 'write');
    if (owner.ok) learn(res, { connection: { tenantId: owner.value.tenantId } });
    sendAnswer(
      res,
      owner.ok
        ? await once(req, owner.value.tenantId, async (key) =>
            answerOf(await setUp(owner.value, req.body, key, (connection) => learn(res, { connection }))),
          )
        : answerOf(owner),
    );
  };
}

function readBody(bytes: unknown): Outcome<SetupBody> {
  const json = jsonOf(
    bytes,
    'The body is not JSON. Send one object in UTF-8: {"protocol": "cxml", "return_url": "https://..."}.',
  );
  if (!json.ok) return json;
  const checked = validateSetupBody(json.value);
  return checked.ok ? accept(checked.value) : checked;
}

/** A new session in the format of the PunchOut Session API. */
export function startedView({ transmission, startPath }: Started, publicUrl: string): object {
  return {
    session_id: transmission.transmissionId,
    status: sessionStatusOf(transmission.status),
    protocol: transmission.protocol,
    start_url: publicUrl + startPath,
    created_at: transmission.createdAt.toISOString(),
    expires_at: transmission.expiresAt.toISOString(),
  };
}
