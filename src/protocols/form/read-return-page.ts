import type { NameValue } from '../../domain/transmission/setup-request.js';
import { decodeCharacterReferences } from './form-text.js';

export interface ReturnForm {
  /** As written in the page; empty if missing. */
  action: string;
  method: 'get' | 'post';
  target: string;
  acceptCharset: string;
  /** The fields that a browser would send without a click on a named button, in order. */
  fields: NameValue[];
}

export interface ReturnPage {
  forms: ReturnForm[];
  /** Controls outside any form. */
  loose: NameValue[];
}

/** Elements whose content is text up to their end tag. */
const TEXT_ELEMENTS = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);
/** Input types that a browser never sends, or sends only after a click. */
const SILENT_TYPES = new Set(['submit', 'button', 'image', 'reset', 'file']);

/**
 * Parses the forms of an HTML page with their inputs and textareas, like a buyer's server that scrapes a return page
 * (oci.md 2). A small tokenizer: comments, quoted and bare attributes, script, style and textarea content, checked,
 * disabled, nested forms ignored. Limits: no `select`, no `form="id"`, no `template`, no `fieldset disabled`, no
 * scripts; character references need their semicolon, and only those of `decodeCharacterReferences` are known. One pass
 * over the page; never throws.
 */
export function readReturnPage(html: string): ReturnPage {
  const text = html.includes('\r') ? html.replace(/\r\n?/g, '\n') : html;
  const page: ReturnPage = { forms: [], loose: [] };
  let form: ReturnForm | undefined;
  let at = text.indexOf('<');
  while (at >= 0) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      at = end < 0 ? -1 : text.indexOf('<', end + 3);
      continue;
    }
    const tag = readTag(text, at);
    if (tag === undefined) {
      at = text.indexOf('<', at + 1);
      continue;
    }
    at = tag.end;
    if (tag.name === '/form') form = undefined;
    else if (tag.name === 'form' && form === undefined) {
      form = formOf(tag.attributes);
      page.forms.push(form);
    } else if (tag.name === 'input') pushInput(form?.fields ?? page.loose, tag.attributes);
    if (TEXT_ELEMENTS.has(tag.name)) {
      const end = endOfText(text, tag.name, at);
      if (tag.name === 'textarea') pushTextarea(form?.fields ?? page.loose, tag.attributes, text.slice(at, end));
      at = end;
    }
    at = text.indexOf('<', at);
  }
  return page;
}

interface Tag {
  /** Lower case; end tags include their slash. */
  name: string;
  attributes: Map<string, string>;
  /** Offset after its `>`. */
  end: number;
}

const TAG_NAME = /<(\/?[A-Za-z][^\s/>]*)/y;
const ATTRIBUTE = /[\s/]*(?:([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)?))?)/y;
const TAG_END = /[\s/]*>/y;

function readTag(text: string, start: number): Tag | undefined {
  TAG_NAME.lastIndex = start;
  const name = TAG_NAME.exec(text)?.[1];
  if (name === undefined) return undefined;
  const attributes = new Map<string, string>();
  let at = TAG_NAME.lastIndex;
  for (;;) {
    TAG_END.lastIndex = at;
    if (TAG_END.test(text)) return { name: name.toLowerCase(), attributes, end: TAG_END.lastIndex };
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(text);
    if (match === null || ATTRIBUTE.lastIndex === at) {
      // No browser writes this: skip a character, or stop at the end of the page.
      if (at >= text.length) return { name: name.toLowerCase(), attributes, end: text.length };
      at += 1;
      continue;
    }
    at = ATTRIBUTE.lastIndex;
    const key = match[1]?.toLowerCase();
    if (key !== undefined && !attributes.has(key))
      attributes.set(key, decodeCharacterReferences(match[2] ?? match[3] ?? match[4] ?? ''));
  }
}

function endOfText(text: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[\\s/>]`, 'gi');
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

function formOf(attributes: ReadonlyMap<string, string>): ReturnForm {
  return {
    action: attributes.get('action') ?? '',
    method: attributes.get('method')?.trim().toLowerCase() === 'post' ? 'post' : 'get',
    target: attributes.get('target') ?? '',
    acceptCharset: attributes.get('accept-charset') ?? '',
    fields: [],
  };
}

function pushInput(fields: NameValue[], attributes: ReadonlyMap<string, string>): void {
  const name = attributes.get('name') ?? '';
  const type = (attributes.get('type') ?? 'text').trim().toLowerCase();
  if (name === '' || attributes.has('disabled') || SILENT_TYPES.has(type)) return;
  if (type === 'checkbox' || type === 'radio') {
    if (attributes.has('checked')) fields.push({ name, value: attributes.get('value') ?? 'on' });
  } else {
    const value = attributes.get('value') ?? '';
    // Only hidden inputs keep their line breaks.
    fields.push({ name, value: type === 'hidden' ? value : value.replaceAll('\n', '') });
  }
}

function pushTextarea(fields: NameValue[], attributes: ReadonlyMap<string, string>, content: string): void {
  const name = attributes.get('name') ?? '';
  if (name === '' || attributes.has('disabled')) return;
  fields.push({ name, value: decodeCharacterReferences(content.startsWith('\n') ? content.slice(1) : content) });
}
