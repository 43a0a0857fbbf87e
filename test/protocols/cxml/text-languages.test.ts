import { expect, it } from '@jest/globals';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { cart, cartLine, orderMessageInput } from './sample-cart.js';

const [NAME, LONG] = ['Stift', 'Writes well.'];

it.each<[string, CartLine['textLanguages'], string]>([
  [
    "the cart's language where the line says nothing",
    undefined,
    `<Description xml:lang="de"><ShortName>${NAME}</ShortName>\n${LONG}</Description>`,
  ],
  [
    'the language that both texts fell back to',
    { name: 'en-GB', description: 'en-GB' },
    `<Description xml:lang="en-GB"><ShortName>${NAME}</ShortName>\n${LONG}</Description>`,
  ],
  [
    'each its own, where only the long text fell back',
    { description: 'en-GB' },
    `<Description xml:lang="de">${NAME}</Description><Description xml:lang="en-GB">${LONG}</Description>`,
  ],
  [
    'each its own, where only the name did',
    { name: 'und' },
    `<Description xml:lang="und">${NAME}</Description><Description xml:lang="de">${LONG}</Description>`,
  ],
])('Description has %s', (_, textLanguages, expected) => {
  const line = { ...cartLine({ name: NAME, description: LONG }), textLanguages };
  const input = orderMessageInput({ cart: cart([line], { language: 'de' }) });
  const written = writePunchOutOrderMessage(input);
  if (!written.ok) throw new Error(JSON.stringify(written.refusal));
  expect(checkCxmlDocument(written.value.document, input.settings.cxml.version)).toEqual([]);
  expect(written.value.document).toContain(expected);
});
