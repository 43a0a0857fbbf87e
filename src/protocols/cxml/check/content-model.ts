/** The place where a sequence of children stops to match. */
export interface Misfit {
  /** Index of the first child that does not match; the number of children if some are missing at the end. */
  index: number;
  /** Names that are allowed there. */
  expected: string[];
  /** The missing element: an allowed name that makes the remaining children match, if one exists. */
  missing?: string;
}

type Kind = 'EMPTY' | 'ANY' | 'mixed' | 'elements';

interface Fragment {
  nullable: boolean;
  first: number[];
  last: number[];
}

/**
 * Content model of a DTD, e.g. `(Header,(Message|Request))`, as an automaton (Glushkov's construction): one state for
 * each name in the model, with the names that may follow it. Linear in the number of children.
 */
export class ContentModel {
  readonly kind: Kind;
  /** Every element that the model names. */
  readonly names: ReadonlySet<string>;
  private readonly nameOf: string[] = [];
  private readonly follow: number[][] = [];
  private readonly whole: Fragment;
  private readonly tokens: string[];
  private at = 0;

  constructor(model: string) {
    this.tokens = model.match(/[(),|?*+]|[^(),|?*+]+/g) ?? [];
    this.kind = model === 'EMPTY' || model === 'ANY' ? model : model.includes('#PCDATA') ? 'mixed' : 'elements';
    this.whole = this.kind === 'elements' ? this.group() : { nullable: true, first: [], last: [] };
    const listed = this.kind === 'mixed' ? this.tokens.filter((token) => /^[^(),|?*+#]/.test(token)) : this.nameOf;
    this.names = new Set(listed);
  }

  /** Undefined when the children fit. Only for kind `elements`. */
  misfit(children: readonly string[]): Misfit | undefined {
    let states: readonly number[] | undefined;
    for (const [index, child] of children.entries()) {
      const next = this.after(states).filter((state) => this.nameOf[state] === child);
      if (next.length === 0) return this.misfitAt(index, states, child);
      states = next;
    }
    return this.mayEnd(states) ? undefined : this.misfitAt(children.length, states, undefined);
  }

  private misfitAt(index: number, states: readonly number[] | undefined, child: string | undefined): Misfit {
    const candidates = this.after(states);
    const expected = [...new Set(candidates.map((state) => this.nameOf[state] ?? ''))];
    const cure = candidates.filter((state) =>
      child === undefined ? this.mayEnd([state]) : this.after([state]).some((next) => this.nameOf[next] === child),
    );
    const missing = this.mayEnd(states) ? undefined : cure.map((state) => this.nameOf[state]).at(-1);
    return missing === undefined ? { index, expected } : { index, expected, missing };
  }

  private after(states: readonly number[] | undefined): number[] {
    if (states === undefined) return this.whole.first;
    const [only] = states;
    if (states.length === 1 && only !== undefined) return this.follow[only] ?? [];
    return [...new Set(states.flatMap((state) => this.follow[state] ?? []))];
  }

  private mayEnd(states: readonly number[] | undefined): boolean {
    return states === undefined ? this.whole.nullable : states.some((state) => this.whole.last.includes(state));
  }

  /** `( a , b | c )` with a quantifier, or a name with a quantifier. */
  private group(): Fragment {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token !== '(') return this.quantified(this.leaf(token ?? ''));
    let fragment = this.group();
    for (;;) {
      const separator = this.tokens[this.at];
      this.at += 1;
      if (separator === ',') fragment = this.sequence(fragment, this.group());
      else if (separator === '|') fragment = choice(fragment, this.group());
      else if (separator === ')') return this.quantified(fragment);
      else throw new SyntaxError(`not a content model: ${this.tokens.join('')}`);
    }
  }

  private leaf(name: string): Fragment {
    const state = this.nameOf.push(name) - 1;
    this.follow.push([]);
    return { nullable: false, first: [state], last: [state] };
  }

  private quantified(fragment: Fragment): Fragment {
    const quantifier = this.tokens[this.at];
    if (quantifier !== '?' && quantifier !== '*' && quantifier !== '+') return fragment;
    this.at += 1;
    if (quantifier !== '?') this.connect(fragment.last, fragment.first);
    return quantifier === '+' ? fragment : { ...fragment, nullable: true };
  }

  private sequence(a: Fragment, b: Fragment): Fragment {
    this.connect(a.last, b.first);
    return {
      nullable: a.nullable && b.nullable,
      first: a.nullable ? [...a.first, ...b.first] : a.first,
      last: b.nullable ? [...a.last, ...b.last] : b.last,
    };
  }

  private connect(from: readonly number[], to: readonly number[]): void {
    for (const state of from) {
      const follow = this.follow[state];
      for (const next of to) if (follow?.includes(next) === false) follow.push(next);
    }
  }
}

function choice(a: Fragment, b: Fragment): Fragment {
  return { nullable: a.nullable || b.nullable, first: [...a.first, ...b.first], last: [...a.last, ...b.last] };
}
