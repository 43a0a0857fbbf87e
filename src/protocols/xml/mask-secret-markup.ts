import { decodeCharacterReferences } from '../form/form-text.js';
import { isCardName, isSecretFieldName, isSecretName, lettersOf, withoutPrefix } from '../secret-name.js';
import { type LooseAttribute, type LooseTag, readLooseTag } from './loose-tag.js';

/** Names of secret elements that are shown even if the tag is broken. Other names may contain a part of the secret. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  'sharedsecret',
  'secret',
  'password',
  'credentialmac',
  'digitalsignature',
]);
/** Attributes that describe a signature without revealing it. */
const SHOWN_OF_MAC = new Set(['type', 'algorithm', 'creationDate', 'expirationDate']);
const SHOWN_OF_FIELD = new Set(['name', 'xml:lang']);
/** Sections in which a "<" starts no tag, with their ends. */
const SPECIAL = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;
const STARTS_NAME = /[A-Za-z_:\u0080-\uffff]/;
const END_TAG = /<\/([^\s/>=<"'&]+)\s*>/y;
/** A start tag without attributes, or an end tag. */
const PLAIN_TAG = /<(\/?)([^\s/>=<"'&]+)\s*>/y;

/**
 * Replaces the secrets in the markup of a text by `mask`: the content of secret elements up to their own end tags, and
 * the values of secret attributes. If such an element or tag is broken, everything after it is masked, because the
 * secret may end anywhere. The text need not be XML. Each character is read once (T67), and a masked text stays
 * unchanged. `isWellFormed`: the text is known to be XML, so the content of a comment ends with the comment.
 */
export function maskSecretMarkup(text: string, mask: string, isWellFormed = false): string {
  const parts: string[] = [];
  let kept = 0;
  const hide = (from: number, to: number): void => {
    parts.push(text.slice(kept, from), mask);
    kept = to;
  };
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const section = isWellFormed ? sectionAt(text, at) : undefined;
    if (section !== undefined) {
      const content = text.slice(section.from, section.to);
      const masked = maskSecretMarkup(content, mask, section.holdsText);
      if (masked !== content) {
        parts.push(text.slice(kept, section.from), masked);
        kept = section.to;
      }
      at = section.end;
      continue;
    }
    const afterPlainTag = endOfHarmlessTag(text, at);
    if (afterPlainTag !== undefined) {
      at = afterPlainTag;
      continue;
    }
    const tag = readLooseTag(text, at);
    const isSecret = text[at + 1] !== '/' && isSecretElement(text, tag);
    const end = isSecret ? endOfContent(text, tag) : tag.end;
    const cut = end === undefined ? placeToCut(at, tag) : firstSecretOfBrokenTag(text, at, tag);
    const shown = cut ?? tag.end;
    for (const attribute of tag.attributes) {
      const { from, to } = attribute;
      if (from < to && to <= shown && isSecretValue(tag, isSecret, attribute)) hide(from, to);
    }
    if (cut !== undefined || end === undefined) {
      // Separated from the name, so that the mask is not part of it.
      parts.push(text.slice(kept, shown), shown === tag.nameEnd ? ` ${mask}` : mask);
      return parts.join('');
    }
    if (end > tag.end || (isSecret && !tag.isEmpty)) hide(tag.end, end);
    at = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

/**
 * End of the tag at `at` if it has no attributes and its name means no secret; else undefined. Most tags are like this,
 * and one pattern finds their end faster than `readLooseTag`.
 */
function endOfHarmlessTag(text: string, at: number): number | undefined {
  PLAIN_TAG.lastIndex = at;
  const [, slash, name = ''] = PLAIN_TAG.exec(text) ?? [];
  return slash === '/' || (slash === '' && !isSecretName(name)) ? PLAIN_TAG.lastIndex : undefined;
}

/**
 * The comment, CDATA section or processing instruction that starts at `at`. A CDATA section may hold a whole document.
 */
function sectionAt(
  text: string,
  at: number,
): { from: number; to: number; end: number; holdsText: boolean } | undefined {
  const special = SPECIAL.find(([start]) => text.startsWith(start, at));
  if (special === undefined) return undefined;
  const [start, close] = special;
  const to = text.indexOf(close, at + start.length);
  return to < 0 ? undefined : { from: at + start.length, to, end: to + close.length, holdsText: start === '<![CDATA[' };
}

/** Whether the content of the element is secret: by its name, or by its name attribute (Extrinsic). */
export function isSecretElement(text: string, { name, attributes }: LooseTag): boolean {
  return isSecretName(name) || attributes.some((attribute) => isNameOfSecret(text, attribute));
}

function isNameOfSecret(text: string, { name, from, to }: LooseAttribute): boolean {
  return (
    withoutPrefix(name).toLowerCase() === 'name' && isSecretFieldName(decodeCharacterReferences(text.slice(from, to)))
  );
}

function isSecretValue(tag: LooseTag, isSecret: boolean, { name }: LooseAttribute): boolean {
  if (isSecretName(name) || isCardName(tag.name)) return true;
  if (!isSecret) return false;
  const shown = isSecretName(tag.name) ? SHOWN_OF_MAC : SHOWN_OF_FIELD;
  return !shown.has(name) || (shown === SHOWN_OF_MAC && lettersOf(withoutPrefix(tag.name)) !== 'credentialmac');
}

/** End of the content of a secret element: its end tag. Undefined if that is missing or ambiguous. */
function endOfContent(text: string, { name, end, isEmpty, isWellFormed }: LooseTag): number | undefined {
  if (!isWellFormed) return undefined;
  if (isEmpty) return end;
  const open = [name];
  for (let at = text.indexOf('<', end); at >= 0; at = text.indexOf('<', at)) {
    const special = SPECIAL.some(([start]) => text.startsWith(start, at));
    if (special) {
      const section = sectionAt(text, at);
      if (section === undefined) return undefined;
      at = section.end;
    } else if (text[at + 1] === '/') {
      END_TAG.lastIndex = at;
      const [whole = '', closing] = END_TAG.exec(text) ?? [];
      if (closing !== open.pop()) return undefined;
      if (open.length === 0) return at;
      at += whole.length;
    } else {
      const inner = readLooseTag(text, at);
      if (!inner.isWellFormed) return undefined;
      if (!inner.isEmpty) open.push(inner.name);
      at = inner.end;
    }
  }
  return undefined;
}

/** Whether the name of a secret element can be shown even if the tag is broken. */
export function isWellKnownSecret(name: string): boolean {
  return !isSecretName(name) || WELL_KNOWN.has(lettersOf(withoutPrefix(name)));
}

/** Start of the mask for a broken secret element: a name that is not well known may hold a part of the secret. */
function placeToCut(at: number, { name, nameEnd, end, isWellFormed }: LooseTag): number {
  if (!isWellKnownSecret(name)) return at + 1;
  return isWellFormed ? end : nameEnd;
}

/** In a broken tag of another element: the start of its first secret attribute. */
function firstSecretOfBrokenTag(text: string, at: number, tag: LooseTag): number | undefined {
  if (tag.isWellFormed || !STARTS_NAME.test(text.charAt(at + 1))) return undefined;
  return tag.attributes.find(({ name }) => isSecretName(name) || isCardName(tag.name))?.offset;
}
