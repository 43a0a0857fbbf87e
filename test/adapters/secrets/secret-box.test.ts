import { describe, expect, it } from '@jest/globals';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';

const [OLD, NEW] = ['an-old-secret-of-at-least-32-characters', 'a-new-secret-of-at-least-32-characters'];

describe('secretBox (T29)', () => {
  it('opens what it sealed, for the same owner only', () => {
    const box = secretBox([OLD]);
    const sealed = box.seal('abracadabra \u00e4\u20ac', 'tenant one');
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
    expect(sealed).not.toContain('abracadabra');
    expect(box.open(sealed, 'tenant one')).toEqual({ text: 'abracadabra \u00e4\u20ac', stale: false });
    expect(box.open(sealed, 'tenant two')).toBeUndefined();
    expect(box.seal('abracadabra', 'tenant one')).not.toBe(box.seal('abracadabra', 'tenant one'));
  });

  it('after a rotation it opens old texts, marks them as stale, and seals under the new key', () => {
    const sealed = secretBox([OLD]).seal('s', 'o');
    const rotated = secretBox([NEW, OLD]);
    expect(rotated.open(sealed, 'o')).toEqual({ text: 's', stale: true });
    expect(rotated.open(rotated.seal('s', 'o'), 'o')).toEqual({ text: 's', stale: false });
    expect(secretBox([NEW]).open(sealed, 'o')).toBeUndefined();
  });

  it('opens no changed or foreign text', () => {
    const box = secretBox([OLD]);
    const sealed = box.seal('secret', 'o');
    const changed = sealed.split('.').map((_, index) =>
      sealed
        .split('.')
        .map((part, place) => (place === index ? part.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) : part))
        .join('.'),
    );
    for (const text of [...changed, '', 'v1', sealed.slice(0, -1), sealed.replace(/\.[\w-]{22}\./, '.AAAA.')])
      expect(box.open(text, 'o')).toBeUndefined();
  });

  it('needs a secret', () => {
    expect(() => secretBox([])).toThrow('needs a secret');
  });
});
