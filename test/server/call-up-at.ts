import { type CxmlWish, setupXml } from '../support/call-ups.js';

/**
 * Calls up a running server and logs in with the button of the start page, whatever its public URL is; returns the
 * browser's cookies and the redirect target.
 */
export async function callUpAt(
  url: string,
  publicUrl: string,
  wish: CxmlWish = {},
): Promise<{ url: string; cookie: string; location: string }> {
  const setup = await fetch(`${url}/v1/punchout/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: setupXml(wish),
  });
  const start = /<URL>([^<]+)<\/URL>/.exec(await setup.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  const login = await fetch(start.replace(publicUrl, url), {
    method: 'POST',
    headers: { accept: 'text/html' },
    redirect: 'manual',
  });
  // An unread answer would delay the stop of the server by ten seconds.
  await login.arrayBuffer();
  return {
    url,
    cookie: login.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; '),
    location: login.headers.get('location') ?? '',
  };
}
