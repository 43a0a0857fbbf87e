const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;

/** A language as documents may name it (BCP 47): `de_DE` becomes `de-DE`; undefined for invalid text (cxml.md 1.8). */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-');
  return tag !== undefined && TAG.test(tag) ? tag : undefined;
}
