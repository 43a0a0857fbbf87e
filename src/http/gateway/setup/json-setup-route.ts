import type { RequestHandler } from 'express';
import type { Connection } from '../../../domain/access/connection.js';
import { type Outcome, type Refusal, accept } from '../../../domain/error-codes.js';
import type { Protocol } from '../../../domain/transmission/transmission.js';
import type { ApiKey } from '../../../ports/access/api-key-repository.js';
import type { CallUp, Started } from '../../../usecases/punchout/start-punchout.js';
import type { AnswerOnce } from '../api/answer-once.js';
import type { AuthenticateKey } from '../api/authenticate-request.js';
import { jsonOf } from '../../middleware/check-input.js';
import { learn } from '../../middleware/exchange-log.js';
import { type JsonAnswer, dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';
import { type SetupBody, validateSetupBody } from './setup-schema.js';
import { startedView } from './started-view.js';

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
      ...(body.connection === undefined ? {} : { connectionId: body.connection }),
    });
    if (!connection.ok) return connection;
    found(connection.value);
    return start({
      connection: connection.value,
      protocol: body.protocol,
      operation: body.operation ?? 'create',
      buyerCookie: body.buyer_cookie ?? '',
      returnUrl: body.return_url.trim(),
      ...(repeatKey === undefined ? {} : { repeatKey }),
      request: {
        deploymentMode: 'production',
        ...(body.language === undefined ? {} : { language: body.language }),
        ...(body.currency === undefined ? {} : { currency: body.currency }),
        buyer: { ...body.buyer },
        extrinsics: [],
        items: [],
        ...(body.selected_item === undefined ? {} : { selectedItem: { supplierPartId: body.selected_item } }),
        ...(body.protocol === 'oci' ? { oci: { extra: [] } } : {}),
      },
    });
  }

  return async (req, res) => {
    const answerOf = (started: Outcome<Started>): JsonAnswer => {
      if (started.ok) learn(res, { transmission: started.value.transmission });
      if (started.ok) return dataAnswer(startedView(started.value, publicUrl), 201);
      refused(started.refusal);
      learn(res, { refusal: started.refusal });
      return refusalAnswer(req, started.refusal);
    };
    learn(res, { kind: 'JSON call-up' });
    const owner = await authenticateKey(req, 'write');
    if (owner.ok) learn(res, { connection: { tenantId: owner.value.tenantId } });
    else learn(res, { refusal: owner.refusal });
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
