/** What one SSO link carries: which transmission, and the start token that opens it, once. */
export interface SsoToken {
  transmissionId: string;
  token: string;
}

/** `{transmissionId}.{start token}`, opaque or JWT: needs no look-up of its own, and every attempt on it can be audited where it belongs. */
export function ssoTokenOf({ transmissionId, token }: SsoToken): string {
  return `${transmissionId}.${token}`;
}

/** Undefined for anything of another shape. */
export function readSsoToken(text: string | undefined): SsoToken | undefined {
  const match = /^([a-z0-9]{3,16}_[a-z2-7]{26})\.([\w-]{1,200}|(?=.{1,2000}$)[\w-]+\.[\w-]+\.[\w-]+)$/.exec(text ?? '');
  return match?.[1] === undefined || match[2] === undefined ? undefined : { transmissionId: match[1], token: match[2] };
}
