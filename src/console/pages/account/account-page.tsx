import type { Operator } from '../../../domain/access/operator.js';
import { PASSWORD_MIN } from '../../../domain/access/operator.js';
import type { SignIn } from '../../../ports/access/operators.js';
import { Badge } from '../../ui/badge.js';
import { FormRow } from '../../ui/form-row.js';
import { Moment } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export interface AccountView {
  operator: Operator;
  signIns: readonly SignIn[];
  /** The one of this browser. */
  ownSignInId: string;
  /** False: signed in at the OpenID provider, or in the demo. */
  hasPassword: boolean;
  fault?: { kind: 'wrong' } | { kind: 'refused'; reason: string };
}

export function accountPage(
  frame: PageFrame,
  { operator, signIns, ownSignInId, hasPassword, fault }: AccountView,
): string {
  const { language, now } = frame;
  const texts = TEXTS[language];
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="account">
      <h1>{texts.title}</h1>
      <p class="sub">
        {operator.name}, {operator.email} <Badge tone="info" text={texts.roles[operator.role]} />
      </p>
      <h2>{texts.signIns}</h2>
      <p class="hint">{texts.signInsHelp}</p>
      <Table
        caption={texts.signIns}
        columns={[
          { label: texts.columns.where },
          { label: texts.columns.address },
          { label: texts.columns.since },
          { label: texts.columns.used },
          { label: texts.columns.end, isQuiet: true },
        ]}
        rows={signIns.map((signIn) => [
          <>
            <span title={signIn.browser}>{browserName(signIn.browser) ?? texts.unknownBrowser}</span>{' '}
            {signIn.signInId === ownSignInId ? <Badge tone="good" text={texts.here} /> : null}
          </>,
          <code>{signIn.address}</code>,
          <Moment at={signIn.createdAt} now={now} language={language} />,
          <Moment at={signIn.usedAt} now={now} language={language} />,
          <form method="post" action={`${frame.base}/account/sign-ins/${encodeURIComponent(signIn.signInId)}/end`}>
            <FormToken signedIn={frame.signedIn} />
            <button type="submit" class="quiet">
              {texts.end}
            </button>
          </form>,
        ])}
      />
      {!hasPassword ? null : (
        <>
          <h2>{texts.password}</h2>
          {fault === undefined ? null : (
            <Notice tone="bad">
              {fault.kind === 'wrong' ? texts.wrong : <RefusedReason language={frame.language} reason={fault.reason} />}
            </Notice>
          )}
          <form class="card" method="post" action={`${frame.base}/account/password`}>
            <FormToken signedIn={frame.signedIn} />
            <FormRow
              name="own_password"
              label={texts.current}
              type="password"
              autocomplete="current-password"
              required
            />
            <FormRow
              name="password"
              label={texts.fresh}
              type="password"
              hint={texts.freshHint}
              autocomplete="new-password"
              minLength={PASSWORD_MIN}
              required
            />
            <button type="submit">{texts.button}</button>
          </form>
        </>
      )}
    </PageShell>,
  );
}

const BROWSERS = [
  ['Edge', /Edg\/(\d{1,4})/],
  ['Firefox', /Firefox\/(\d{1,4})/],
  ['Chrome', /Chrome\/(\d{1,4})/],
  ['Safari', /Version\/(\d{1,4})/],
] as const;
const SYSTEMS = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'] as const;

/** `Firefox 140, Windows`, from a User-Agent. The first words of one that is unknown. */
export function browserName(userAgent: string): string | undefined {
  if (userAgent === '') return undefined;
  const [name, version] =
    BROWSERS.map(([browser, pattern]) => [browser, pattern.exec(userAgent)?.[1]]).find(([, found]) => found) ?? [];
  const system = SYSTEMS.find((known) => userAgent.includes(known));
  if (name === undefined) return userAgent.slice(0, 40);
  return system === undefined ? `${name} ${version}` : `${name} ${version}, ${system}`;
}
