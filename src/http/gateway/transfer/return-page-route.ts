import type { RequestHandler } from 'express';
import type { Outcome } from '../../../domain/error-codes.js';
import type { GivenTransfer } from '../../../usecases/transfer/transfer-given-cart.js';
import { isHarmlessLook } from '../../middleware/request-site.js';
import { sendOciRefusal } from '../setup/oci-setup-route.js';
import { type TransferDeps, sendReturnPage } from './transfer-route.js';

export const RETURN_PAGE_PATH = '/return';

interface Deps extends Pick<TransferDeps, 'originsOf'> {
  open: (transmissionId: string, token: string | undefined) => Promise<Outcome<GivenTransfer>>;
}

/** `GET /v1/punchout/return/{transmissionId}?token=…`: the page that carries a cart which came with a request, for 24 hours. */
export function returnPageRoute({ open, originsOf }: Deps): RequestHandler {
  return async (req, res) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const { token } = req.query;
    const opened = await open(String(req.params['transmissionId']), typeof token === 'string' ? token : undefined);
    if (opened.ok) sendReturnPage(res, opened.value, { originsOf });
    else sendOciRefusal(req, res, opened.refusal);
  };
}
