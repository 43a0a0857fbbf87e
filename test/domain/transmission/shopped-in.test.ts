import { expect, it } from '@jest/globals';
import type { SetupRequest } from '../../../src/domain/transmission/setup-request.js';
import { shoppedIn } from '../../../src/domain/transmission/transmission-rules.js';

const request = (wish: Pick<SetupRequest, 'language' | 'currency'>): SetupRequest => ({
  deploymentMode: 'test',
  buyer: {},
  extrinsics: [],
  items: [],
  ...wish,
});

it.each([
  [
    'the call-up before the connection',
    { language: 'fr', currency: 'USD' },
    { language: 'de', currency: 'CHF' },
    { language: 'fr', currency: 'USD' },
  ],
  [
    'the connection where the call-up names nothing',
    {},
    { language: 'de', currency: 'CHF' },
    { language: 'de', currency: 'CHF' },
  ],
  [
    'each of the two by itself',
    { currency: 'USD' },
    { language: 'de', currency: 'CHF' },
    { language: 'de', currency: 'USD' },
  ],
  [
    'an empty text names nothing',
    { language: ' ', currency: '' },
    { language: 'de', currency: 'CHF' },
    { language: 'de', currency: 'CHF' },
  ],
  ['no currency at all leaves it to the store', {}, { language: 'de' }, { language: 'de', currency: undefined }],
])('%s', (_, asked, settings, expected) => {
  const { language, currency } = shoppedIn(request(asked), settings);
  expect({ language, currency }).toEqual(expected);
});
