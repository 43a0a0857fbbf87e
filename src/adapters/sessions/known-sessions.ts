/**
 * Which session objects of this process already are in the store, because they were read from it or written to it.
 * Saving those must not create: a request that was under way while its session was destroyed would bring it back (R8).
 */
export class KnownSessions {
  private readonly known = new WeakSet<object>();

  add<Session extends object>(session: Session): Session {
    this.known.add(session);
    return session;
  }

  has(session: object): boolean {
    return this.known.has(session);
  }
}
