import type { ComponentChildren, JSX } from 'preact';
import type { ProofAsked } from '../../../domain/access/operator.js';
import type { Language } from '../language.js';
import { Mark } from './mark.js';
import { SHELL_TEXTS } from './shell-texts.js';

export const CONSOLE_PLACES = [
  'today',
  'sessions',
  'orders',
  'deliveries',
  'analytics',
  'connections',
  'access',
  'operators',
  'audit',
] as const;
/** The entries of the navigation. */
export type ConsolePlace = (typeof CONSOLE_PLACES)[number];

/** What every page is given beside its own view. */
export interface PageFrame {
  language: Language;
  /** Path of the console without a slash at its end: `/console`. */
  base: string;
  /** Of this answer's content security policy. */
  nonce: string;
  /** Addresses of the stylesheet, the script of every page, and those of live events and of live previews. */
  assets: { style: string; script: string; tail: string; preview: string; ticks: string };
  /** Who is signed in; absent on the pages before that. */
  signedIn?: SignedIn;
  /** The time by which relative times are told. */
  now: Date;
}

export interface SignedIn {
  name: string;
  tenantName: string;
  /** Entries of the navigation that the role may see. */
  places: readonly ConsolePlace[];
  /** Proves that a form was made for this session. */
  formToken: string;
  /** What a change of operators or secrets asks for, and where one signs in again at the OpenID provider. */
  proof: { asked: ProofAsked; again: string };
}

interface ShellProps {
  frame: PageFrame;
  title: string;
  current?: ConsolePlace | 'account';
  /** What was searched for. */
  search?: string;
  /** Addresses of scripts beside that of every page. */
  scripts?: readonly string[];
  /** Leads there at once, for browsers without script too. */
  refreshTo?: string;
  /** Two columns of work beside each other. Without a signed-in operator: as wide as a page of the console. */
  isWide?: boolean;
  children: ComponentChildren;
}

/** The whole document: head, skip link, navigation, search, the page. Without a signed-in operator, the page only. */
export function PageShell({
  frame,
  title,
  current,
  search,
  scripts = [],
  refreshTo,
  isWide,
  children,
}: ShellProps): JSX.Element {
  const { language, nonce, assets, signedIn } = frame;
  const texts = SHELL_TEXTS[language];
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {refreshTo === undefined ? null : <meta http-equiv="refresh" content={`0;url=${refreshTo}`} />}
        <title>{`${title} - Punchout`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style} nonce={nonce} />
        {[assets.script, ...scripts].map((address) => (
          <script src={address} nonce={nonce} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {texts.skip}
        </a>
        {signedIn === undefined ? (
          <main id="content" class={isWide === true ? 'door wide' : 'door'} tabIndex={-1}>
            <Mark />
            {children}
          </main>
        ) : (
          <div class="frame">
            <Navigation frame={frame} signedIn={signedIn} current={current} />
            <div>
              <TopBar frame={frame} signedIn={signedIn} search={search} current={current} />
              <main id="content" tabIndex={-1} class={isWide === true ? 'wide' : undefined}>
                {children}
              </main>
            </div>
          </div>
        )}
      </body>
    </html>
  );
}

interface BarProps {
  frame: PageFrame;
  signedIn: SignedIn;
  current: ConsolePlace | 'account' | undefined;
  search?: string | undefined;
}

function Navigation({ frame: { base, language }, signedIn, current }: BarProps): JSX.Element {
  const texts = SHELL_TEXTS[language];
  return (
    <nav class="side" aria-label={texts.navigation}>
      <Mark />
      <ul>
        {signedIn.places.map((place) => (
          <li>
            <a
              href={place === 'today' ? base : `${base}/${place}`}
              aria-current={place === current ? 'page' : undefined}
            >
              {texts.places[place]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TopBar({ frame: { base, language }, signedIn, search, current }: BarProps): JSX.Element {
  const texts = SHELL_TEXTS[language];
  return (
    <header class="top">
      {signedIn.places.includes('sessions') ? (
        <form class="search" role="search" action={`${base}/sessions`}>
          <input type="search" name="q" value={search} aria-label={texts.search} placeholder={texts.searchHint} />
          <kbd aria-hidden="true">/</kbd>
        </form>
      ) : null}
      <div class="who">
        <span>{signedIn.tenantName}</span>
        <a href={`${base}/account`} aria-current={current === 'account' ? 'page' : undefined}>
          {signedIn.name}
        </a>
        <form method="post" action={`${base}/sign-out`}>
          <FormToken signedIn={signedIn} />
          <button type="submit" class="link">
            {texts.signOut}
          </button>
        </form>
      </div>
    </header>
  );
}

/** The hidden field that every form of a signed-in operator has. */
export function FormToken({ signedIn }: { signedIn: SignedIn | undefined }): JSX.Element {
  return <input type="hidden" name="form_token" value={signedIn?.formToken ?? ''} />;
}
