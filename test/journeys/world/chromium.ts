import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** The same engine without a profile and windows: a page takes half of the time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
/**
 * The first three: each window would load two pages for its address bar, in a process of their own. The others are
 * Playwright's own list, as Chromium reads only the last list.
 */
const FEATURES_OFF = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose'],
  ...['HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying'],
  ...['OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
];
const ARGUMENTS = [
  `--disable-features=${FEATURES_OFF.join(',')}`,
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1',
];

/** A page with its recorded errors. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Alerts and other dialogs; each is dismissed. */
  dialogs: string[];
  /** Directives that Chromium enforced against a page, `form-action https://evil.test/…`. */
  violations: string[];
  /** Uncaught script errors. */
  errors: string[];
}

/** The whole browser, which blocks third-party cookies and keeps a history as a buyer's browser does. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });
}

/** For pages without frames of other sites. The whole browser where the shell is not installed. */
export function launchShell(): Promise<Browser> {
  const executablePath = existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : CHROMIUM;
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

/** A separate browser whose profile refuses every cookie of `cookieHost` inside pages of `topHost`. */
export async function chromiumWithoutCookies(
  directory: string,
  cookieHost: string,
  topHost: string,
): Promise<BrowserContext> {
  await mkdir(join(directory, 'Default'), { recursive: true });
  const exceptions = { cookies: { [`[*.]${cookieHost},[*.]${topHost}`]: { setting: 2 } } };
  await writeFile(
    join(directory, 'Default', 'Preferences'),
    JSON.stringify({ profile: { content_settings: { exceptions } } }),
  );
  return chromium.launchPersistentContext(directory, {
    executablePath: CHROMIUM,
    headless: true,
    args: ARGUMENTS,
    ignoreHTTPSErrors: true,
  });
}

/** A new off-the-record profile, where Chromium blocks third-party cookies (the first journey proves it). */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  return visitorIn(await browser.newContext({ ignoreHTTPSErrors: true, ...options }));
}

export async function visitorIn(context: BrowserContext): Promise<Visitor> {
  context.setDefaultTimeout(20_000);
  await context.addInitScript({
    content:
      "addEventListener('securitypolicyviolation', (e) => console.log('CSP-VIOLATION ' + e.effectiveDirective + " +
      "' ' + e.blockedURI))",
  });
  const page = await context.newPage();
  const click = page.click.bind(page);
  // Playwright waits until the next page begins, which may still be empty: what follows would read half of it.
  page.click = async (selector, options) => {
    await click(selector, options);
    await page.waitForLoadState();
  };
  const seen: Visitor = { context, page, dialogs: [], violations: [], errors: [] };
  context.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    const text = message.text();
    if (text.startsWith('CSP-VIOLATION ')) seen.violations.push(text.slice(14));
    else if (/violates the following Content Security Policy/i.test(text)) seen.violations.push(text);
  });
  context.on('weberror', (error) => seen.errors.push(error.error().message));
  return seen;
}
