import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';

const TYPES = { css: 'text/css', js: 'text/javascript' } as const;

interface Asset {
  /** Changes with the content: `style.0123456789abcdef.css`. */
  name: string;
  type: string;
  content: Buffer;
}

/** A file that pages load from us. */
export function assetOf(name: string, ending: keyof typeof TYPES, content: string): Asset {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { name: `${name}.${digest}.${ending}`, type: TYPES[ending], content: Buffer.from(content) };
}

/** Serves these files below the path that it is mounted at. Browsers may keep them. */
export function pageAssets(assets: readonly Asset[]): RequestHandler {
  return (req, res, next) => {
    const asset = assets.find(({ name }) => req.path === `/${name}`);
    if (asset === undefined || !['GET', 'HEAD'].includes(req.method)) {
      next();
      return;
    }
    res.set({
      'Content-Type': `${asset.type}; charset=utf-8`,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    });
    res.send(asset.content);
  };
}
