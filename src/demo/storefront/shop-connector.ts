import type { Request, Response } from 'express';
import type { Cart } from '../../domain/cart/cart.js';
import type { Connection } from '../../domain/access/connection.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { Outcome } from '../../domain/error-codes.js';
import type { ContextWish, SessionContext } from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { LineRequest, LineResult } from '../../ports/store/store.js';

/** The active punchout session of the requesting browser. */
export interface ShopSession {
  transmission: Transmission;
  connection: Connection;
}

/** A cart that this browser has sent and may send again. */
export interface ShopSentCart extends ShopSession {
  /** Action URL of the form. */
  resend: string;
}

/**
 * The connector functions that a shop needs. All cart writes go through it, so each one is in the payload or refused.
 */
export interface ShopConnector {
  session(req: Request, res: Response): Promise<ShopSession | undefined>;
  /** Refuses a request of a punchout that has just ended, instead of serving it as an ordinary visitor's. */
  sessionEnded(req: Request, res: Response): Promise<boolean>;
  /** Absent: the shop does not offer to send a cart again. */
  sentCart?(req: Request, res: Response): Promise<ShopSentCart | undefined>;
  cart: {
    add(session: ShopSession, lines: LineRequest[]): Promise<Outcome<LineResult[]>>;
    change(session: ShopSession, lineId: string, quantity: DecimalText): Promise<Outcome<LineResult>>;
    remove(session: ShopSession, lineId: string): Promise<Outcome<void>>;
    read(session: ShopSession): Promise<Cart>;
  };
  context: {
    change(session: ShopSession, wish: ContextWish): Promise<Outcome<SessionContext>>;
  };
}

/** Addresses of the connector for the shop's buttons. */
export interface ShopPaths {
  transfer: string;
  logout: string;
  /** "Return without changes" of an edit or inspect session: the buyer's system keeps its lines. */
  returnUnchanged?: string;
}
