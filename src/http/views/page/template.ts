import { Eta } from 'eta';
import { escapeHtml } from './ascii-html.js';

const eta = new Eta({ autoEscape: true, escapeFunction: escapeHtml, autoTrim: [false, 'nl'], cache: false });

export type Template<Data extends object> = (data: Data) => string;

/**
 * Compiles an eta template once. `<%= %>` escapes; `<%~ %>` is for HTML that another template made, never for a value.
 */
export function template<Data extends object>(source: string): Template<Data> {
  const compiled = eta.compile(source);
  return (data) => eta.render(compiled, data);
}
