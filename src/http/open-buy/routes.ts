import type { Request, RequestHandler, Response } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import type { Connection } from '../../domain/access/connection.js';
import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import type { Outcome } from '../../domain/error-codes.js';
import type { OpenBuyAccess } from '../../usecases/access/open-buy-access.js';
import type { FoundProducts, SearchWish } from '../../usecases/catalogue/search-catalogue.js';
import { bodyCheck, jsonOf } from '../body/check-input.js';
import type { AdmitConnection } from '../callers/admission.js';
import { learn } from '../exchange-facts.js';
import { sendRefusal } from './router.js';
import { AUTHENTICATION_BODY, SEARCH_BODY } from './schemas.js';

interface Deps {
  access: OpenBuyAccess;
  admit: AdmitConnection;
  /** The address by which wrong credentials are counted. */
  guessAddress: (req: Request) => string | undefined;
  search: (connection: Connection, wish: SearchWish) => Promise<Outcome<FoundProducts>>;
}

const authenticationBody = bodyCheck<FromSchema<typeof AUTHENTICATION_BODY>>(AUTHENTICATION_BODY);
const searchBody = bodyCheck<FromSchema<typeof SEARCH_BODY>>(SEARCH_BODY);

/** What Coupa asks of a supplier, for one of its users (open-buy.md). */
export function openBuyRoutes({
  access,
  admit,
  guessAddress,
  search,
}: Deps): Record<'authenticate' | 'search', RequestHandler> {
  return {
    async authenticate(req, res) {
      learn(res, { kind: 'Open Buy authentication' });
      const json = jsonOf(req.body);
      const body = json.ok ? authenticationBody(json.value) : json;
      if (!body.ok) return sendRefusal(res, body.refusal);
      const { credentials, email } = body.value;
      const connection = await access.prove(credentials, guessAddress(req));
      if (!connection.ok) return sendRefusal(res, connection.refusal);
      if (!(await isAdmitted(req, res, connection.value))) return;
      res.json({ token: await access.tokenFor(credentials, email?.trim() ?? '') });
    },

    async search(req, res) {
      learn(res, { kind: 'Open Buy search' });
      const caller = await access.callerOf(tokenOf(req));
      if (!caller.ok) return sendRefusal(res, caller.refusal);
      const { connection, email } = caller.value;
      if (!(await isAdmitted(req, res, connection))) return;
      const json = jsonOf(req.body);
      const body = json.ok ? searchBody(json.value) : json;
      if (!body.ok) return sendRefusal(res, body.refusal);
      const { query, page_number: page } = body.value;
      const found = await search(connection, { query, page: page ?? 1, email });
      if (!found.ok) return sendRefusal(res, found.refusal);
      const { total, products } = found.value;
      res.json({ count: products.length, total_count: total, results: products.map(resultView) });
    },
  };

  /** False: the refusal is sent. */
  async function isAdmitted(req: Request, res: Response, connection: Connection): Promise<boolean> {
    const { tenantId, connectionId } = connection;
    learn(res, { connection: { tenantId, connectionId } });
    const admitted = await admit(req, connection);
    if (!admitted.ok) sendRefusal(res, admitted.refusal);
    return admitted.ok;
  }
}

/** Undefined if the request has no Bearer token. */
function tokenOf(req: Request): string | undefined {
  return /^Bearer +([\w.-]+) *$/i.exec(req.get('authorization') ?? '')?.[1];
}

function resultView({ line }: CatalogueProduct): object {
  return { source_part_num: line.sku };
}
