import { FormRow } from '../../ui/form-row.js';
import { Notice } from '../../ui/notice.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { TEXTS } from './texts.js';

type SignInFault =
  | { kind: 'wrong' }
  | { kind: 'too_many'; seconds: number }
  /** Of a sign-in at the OpenID provider. */
  | { kind: 'expired' | 'refused' | 'unknown' | 'unreachable' };

export interface SignInView {
  /** Where the operator wanted to go: a path of the console. */
  next: string;
  email?: string;
  fault?: SignInFault | undefined;
  demo: boolean;
  /** Name of the OpenID provider; undefined: there is none. */
  provider: string | undefined;
}

export function signInPage(frame: PageFrame, { next, email, fault, demo, provider }: SignInView): string {
  const texts = TEXTS[frame.language];
  return renderPage(
    <PageShell frame={frame} title={texts.title}>
      <div class="card">
        <h1>{texts.title}</h1>
        {fault === undefined ? null : (
          <Notice tone="bad">{fault.kind === 'too_many' ? texts.tooMany(fault.seconds) : texts[fault.kind]}</Notice>
        )}
        <form method="post" action={`${frame.base}/sign-in`}>
          <input type="hidden" name="next" value={next} />
          <FormRow name="email" label={texts.email} type="email" value={email} autocomplete="username" required />
          <FormRow name="password" label={texts.password} type="password" autocomplete="current-password" required />
          <button type="submit">{texts.button}</button>
        </form>
        {provider === undefined ? null : (
          <p class="or">
            <a class="button quiet" href={`${frame.base}/sign-in/provider?${new URLSearchParams({ next }).toString()}`}>
              {texts.atProvider(provider)}
            </a>
          </p>
        )}
      </div>
      <p class="hint">{demo ? texts.demo : texts.help}</p>
      {demo ? null : (
        <p class="hint">
          <code>punchout operator add</code>
        </p>
      )}
    </PageShell>,
  );
}
