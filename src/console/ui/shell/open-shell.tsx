import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '../language.js';
import { Mark } from './mark.js';
import { SHELL_TEXTS } from './shell-texts.js';

/** What an open page is given beside its own view. */
export interface OpenFrame {
  language: Language;
  /** Of this answer's content security policy. */
  nonce: string;
  /** Addresses of the stylesheet and of the scripts. */
  assets: { style: string; scripts: readonly string[] };
}

interface OpenShellProps {
  frame: OpenFrame;
  title: string;
  /** Name beside the sign, and its page. */
  name: string;
  home: string;
  /** Label of the links at the top. */
  navigation: string;
  links: readonly { href: string; label: string; isCurrent?: boolean }[];
  /** Stands between the name and the links. */
  tool?: ComponentChildren;
  /** Stands beside the page. */
  side?: ComponentChildren;
  /** Loads the page again after so many seconds, in browsers without script. */
  refreshSeconds?: number;
  children: ComponentChildren;
}

/** The whole document of a page that needs no sign-in: skip link, links, the page. */
export function OpenShell(props: OpenShellProps): JSX.Element {
  const { frame, title, name, home, navigation, links, tool, side, refreshSeconds, children } = props;
  const { language, nonce, assets } = frame;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {refreshSeconds === undefined ? null : (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <title>{`${title} - ${name}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style} nonce={nonce} />
        {assets.scripts.map((src) => (
          <script src={src} nonce={nonce} defer />
        ))}
      </head>
      <body class="open">
        <a class="skip" href="#content">
          {SHELL_TEXTS[language].skip}
        </a>
        <header class="top">
          <a class="home" href={home} target="_top">
            <Mark name={name} />
          </a>
          {tool}
          <nav aria-label={navigation}>
            {links.map(({ href, label, isCurrent }) => (
              <a href={href} target="_top" aria-current={isCurrent === true ? 'page' : undefined}>
                {label}
              </a>
            ))}
          </nav>
        </header>
        {side === undefined ? (
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        ) : (
          <div class="split">
            {side}
            <main id="content" tabIndex={-1}>
              {children}
            </main>
          </div>
        )}
      </body>
    </html>
  );
}
