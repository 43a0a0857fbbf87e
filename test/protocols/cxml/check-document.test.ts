import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { describeWithDtds, officialVerdict, RUNS, type Sample, samples } from './official-dtds.js';

function errorsOf(text: string, version: CxmlVersion) {
  return checkCxmlDocument(text, version).filter(({ severity }) => severity === 'error');
}

describeWithDtds('checkCxmlDocument against the official DTDs', () => {
  it('the reference checker agrees with INDEX.tsv', () => {
    for (const sample of samples())
      expect({ file: sample.file, valid: officialVerdict(sample.text, '1.2.071', sample.dtd) === '' }).toEqual({
        file: sample.file,
        valid: sample.valid,
      });
  });

  it.each(samples().map((sample): [string, Sample] => [sample.file, sample]))(
    '%s: same verdict by 1.2.071',
    (_, sample) => {
      const official = officialVerdict(sample.text, '1.2.071', sample.dtd);
      expect({ valid: errorsOf(sample.text, '1.2.071').length === 0, official }).toEqual({
        valid: official === '',
        official,
      });
    },
  );

  it.each(samples().map((sample): [string, Sample] => [sample.file, sample]))(
    '%s: same verdict by cXML.dtd 1.2.014 and 1.2.050',
    (_, sample) => {
      for (const version of ['1.2.014', '1.2.050'] as const) {
        const official = officialVerdict(sample.text, version);
        expect({ version, errors: errorsOf(sample.text, version).length === 0 }).toEqual({
          version,
          errors: official === '',
        });
      }
    },
  );

  it('same verdict on mutated setup requests, responses and order messages', () => {
    const originals = samples().filter(({ type }) => /^(PunchOut|Response|ProfileRequest)/.test(type));
    const mutation = fc.record({
      sample: fc.constantFrom(...originals),
      pick: fc.nat(),
      other: fc.nat(),
      kind: fc.constantFrom('drop', 'duplicate', 'swap', 'rename', 'attribute', 'value', 'text'),
    });
    const verdicts = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(
        mutation,
        fc.constantFrom('1.2.014' as const, '1.2.050' as const, '1.2.071' as const),
        ({ sample, pick, other, kind }, version) => {
          const text = mutate(sample.text, kind, pick, other);
          const official = officialVerdict(text, version);
          const errors = errorsOf(text, version);
          verdicts[official === '' ? 'valid' : 'invalid'] += 1;
          if ((errors.length === 0) !== (official === ''))
            throw new Error(`${sample.file} ${kind}: official "${official}", ours ${JSON.stringify(errors)}\n${text}`);
        },
      ),
      { numRuns: RUNS * 5 },
    );
    // The test is meaningful only if both verdicts occur.
    expect(Math.min(verdicts.valid, verdicts.invalid)).toBeGreaterThan(RUNS / 10);
  });
});

/** Elements of a document with their range, found by counting tags. */
function elementsOf(text: string): { name: string; start: number; end: number; openEnd: number }[] {
  const found: { name: string; start: number; end: number; openEnd: number }[] = [];
  const open: { name: string; start: number; openEnd: number }[] = [];
  const clean = text.replace(/<!--[^]*?-->/g, (comment) => ' '.repeat(comment.length));
  for (const match of clean.matchAll(/<(\/?)([A-Za-z][\w:.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g)) {
    const end = match.index + match[0].length;
    if (match[1] === '/') {
      const element = open.pop();
      if (element !== undefined) found.push({ ...element, end });
    } else if (match[4] === '/') found.push({ name: match[2] ?? '', start: match.index, end, openEnd: end });
    else open.push({ name: match[2] ?? '', start: match.index, openEnd: end });
  }
  return found;
}

function mutate(text: string, kind: string, pick: number, other: number): string {
  const elements = elementsOf(text);
  const element = elements[pick % elements.length];
  const second = elements[other % elements.length];
  if (element === undefined || second === undefined) return text;
  const whole = text.slice(element.start, element.end);
  const put = (replacement: string): string => text.slice(0, element.start) + replacement + text.slice(element.end);
  switch (kind) {
    case 'drop':
      return put('');
    case 'duplicate':
      return put(whole + whole);
    case 'rename': {
      const name = other % 3 === 0 ? 'Bogus' : second.name;
      return put(whole.replace(/^<[\w:.-]+/, `<${name}`).replace(/<\/[\w:.-]+>$/, `</${name}>`));
    }
    case 'swap': {
      const next = elements.find(({ start }) => start >= element.end && text.slice(element.end, start).trim() === '');
      if (next === undefined) return text;
      return (
        text.slice(0, element.start) +
        text.slice(next.start, next.end) +
        text.slice(element.end, next.start) +
        whole +
        text.slice(next.end)
      );
    }
    case 'attribute': {
      const tag = text.slice(element.start, element.openEnd);
      const attributes = [...tag.matchAll(/\s[\w:.-]+\s*=\s*("[^"]*"|'[^']*')/g)];
      const victim = attributes[other % Math.max(1, attributes.length)]?.[0];
      const changed =
        victim === undefined ? tag.replace(/\/?>$/, (end) => ` bogus="1"${end}`) : tag.replace(victim, '');
      return text.slice(0, element.start) + changed + text.slice(element.openEnd);
    }
    case 'value': {
      const tag = text.slice(element.start, element.openEnd);
      return text.slice(0, element.start) + tag.replace(/="[^"]*"/, '="some thing"') + text.slice(element.openEnd);
    }
    default:
      return (
        text.slice(0, element.openEnd) + (element.openEnd === element.end ? '' : 'text') + text.slice(element.openEnd)
      );
  }
}
