import type { Request, RequestHandler, Response, Router as ExpressRouter } from 'express';
import makeRouter from 'router';
import type { Middleware } from './middleware.js';

/** The router of Express 5, also where the app runs on Express 4: paths and rejected promises are handled alike. */
export const Router = makeRouter as unknown as () => ExpressRouter;

/** Hands a rejected promise to `next`, which Express 4 does not do. */
export function caught(handler: RequestHandler): Middleware {
  return (req, res, next) => {
    try {
      const work: unknown = handler(req as Request, res as Response, next);
      return work instanceof Promise ? finished(work, next) : work;
    } catch (error) {
      return next(error);
    }
  };
}

async function finished(work: Promise<unknown>, next: (error: unknown) => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    next(error);
  }
}

/** Handlers that run before every route, as one: the router compares the path once and not once for each. */
export function inTurn(handlers: readonly RequestHandler[]): RequestHandler {
  return (req, res, next) => {
    const run = (index: number): unknown => {
      const handler = handlers[index];
      if (handler === undefined) return next();
      return handler(req, res, (error?: unknown) => void (error === undefined ? run(index + 1) : next(error)));
    };
    run(0);
  };
}
