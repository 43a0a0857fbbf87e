import type { ComponentChildren, JSX } from 'preact';
import { EmptyState } from '../../console/ui/empty-state.js';
import { type OpenFrame, OpenShell } from '../../console/ui/shell/open-shell.js';
import type { DocsView, OperationView, SectionView } from './docs-view.js';

interface DocsPageProps {
  frame: OpenFrame;
  view: DocsView;
  /** What was searched for; '' where nothing was. */
  search: string;
  /** Name and version of the package. */
  product: string;
  /** Path below which everything is mounted, without a slash at its end. */
  base: string;
}

/** The page at `/docs`: all operations of the API, or those that a search finds. In English, as the API is. */
export function DocsPage({ frame, view, search, product, base }: DocsPageProps): JSX.Element {
  const names = new Set(view.schemas.map(({ name }) => name));
  const isEmpty = view.sections.length === 0 && view.schemas.length === 0;
  return (
    <OpenShell
      frame={frame}
      title={search === '' ? 'Operations' : `Search: ${search}`}
      name={`API of ${view.title}`}
      home={`${base}/docs`}
      navigation="Documents"
      links={[{ href: `${base}/openapi.json`, label: 'openapi.json' }]}
      tool={
        <form class="search" role="search" action={`${base}/docs`}>
          <input
            type="search"
            name="q"
            value={search}
            maxLength={100}
            aria-label="Search operations"
            placeholder="Name, path or purpose"
            data-search=""
          />
          <kbd aria-hidden="true">/</kbd>
        </form>
      }
      side={<Contents view={view} />}
    >
      <h1>API of {view.title}</h1>
      <p class="sub">
        {view.description} Below <code>{view.server}</code>. API version {view.version}, {product}.
      </p>
      {search === '' ? null : (
        <p>
          <a href={`${base}/docs`}>Show all operations</a>
        </p>
      )}
      <div class="card key" data-tries="" hidden>
        <div class="field">
          <label for="try-key">Key or access token for trying calls</label>
          <input id="try-key" type="password" autocomplete="off" spellcheck={false} data-key="" />
          <p class="hint">
            It stays in this page, is sent to this server only, and is gone when you leave. Calls are real: they create,
            change and remove.
          </p>
        </div>
      </div>
      <div data-none="" hidden={!isEmpty}>
        <EmptyState title="Nothing fits this search" text="Try a part of a path, such as sessions, or fewer words." />
      </div>
      {view.sections.map((section) => (
        <Section section={section} names={names} base={base} />
      ))}
      {view.schemas.length === 0 ? null : (
        <section id="schemas" data-section="">
          <h2>Schemas</h2>
          {view.schemas.map(({ name, text }) => (
            <div class="schema" id={`schema-${name}`} data-find={name.toLowerCase()}>
              <h3>
                <a href={`#schema-${name}`}>{name}</a>
              </h3>
              <Type text={text} names={names} label={`Schema ${name}`} />
            </div>
          ))}
        </section>
      )}
    </OpenShell>
  );
}

function Contents({ view }: { view: DocsView }): JSX.Element {
  return (
    <nav class="contents" aria-label="Operations">
      {view.sections.map(({ name, anchor, operations }) => (
        <div data-section="">
          <a class="what" href={`#${anchor}`}>
            {name}
          </a>
          <ul>
            {operations.map(({ operationId, words }) => (
              <li data-find={words}>
                <a href={`#${operationId}`}>{operationId}</a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {view.schemas.length === 0 ? null : (
        <a class="what" href="#schemas" data-find={view.schemas.map(({ name }) => name.toLowerCase()).join(' ')}>
          Schemas
        </a>
      )}
    </nav>
  );
}

interface SectionProps {
  section: SectionView;
  names: ReadonlySet<string>;
  base: string;
}

function Section({ section, names, base }: SectionProps): JSX.Element {
  const { name, anchor, description, operations } = section;
  return (
    <section data-section="">
      <h2 id={anchor}>{name}</h2>
      <p class="sub">{description}</p>
      {operations.map((operation) => (
        <Operation operation={operation} names={names} base={base} />
      ))}
    </section>
  );
}

interface OperationProps {
  operation: OperationView;
  names: ReadonlySet<string>;
  base: string;
}

/** Folded. A link to its id unfolds it, since the id is inside. */
function Operation({ operation, names, base }: OperationProps): JSX.Element {
  const { operationId, method, path, summary, credentials, parameters, bodies, answers, words } = operation;
  return (
    <details class="card operation" data-find={words}>
      <summary>
        <span class={`verb ${method}`}>{method}</span> <code>{path}</code> <span class="hint">{summary}</span>
      </summary>
      <div id={operationId} class="inside">
        <p class="hint">
          <a href={`#${operationId}`}>{operationId}</a>
        </p>
        <Part title="Credentials">
          <p>{credentials}</p>
        </Part>
        {parameters.length === 0 ? null : (
          <Part title="Parameters">
            <dl>
              {parameters.map(({ name, place, required, description, type }) => (
                <>
                  <dt>
                    <code>{name}</code> <span class="hint">{required ? `${place}, required` : place}</span>
                  </dt>
                  <dd>
                    {description} <code>{type}</code>
                  </dd>
                </>
              ))}
            </dl>
          </Part>
        )}
        {bodies.length === 0 ? null : (
          <Part title="Body">
            {bodies.map(({ type, schema, example }) => (
              <>
                <p>
                  <code>{type}</code>
                </p>
                <Type text={example ?? schema} names={names} label={`Body of ${operationId}, ${type}`} />
              </>
            ))}
          </Part>
        )}
        <Part title="Answers">
          {answers.map(({ status, description, schema }) => (
            <>
              <p>
                <b>{status}</b> {description}
              </p>
              {schema === undefined ? null : (
                <Type text={schema} names={names} label={`Answer ${status} of ${operationId}`} />
              )}
            </>
          ))}
        </Part>
        <TryIt operation={operation} base={base} />
      </div>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** A type, in which each name of a schema leads to it. */
function Type({ text, names, label }: { text: string; names: ReadonlySet<string>; label: string }): JSX.Element {
  return (
    <pre tabIndex={0} aria-label={label} class="type">
      {text
        .split(/\b([A-Z]\w+)\b/)
        .map((part, index) => (index % 2 === 1 && names.has(part) ? <a href={`#schema-${part}`}>{part}</a> : part))}
    </pre>
  );
}

/** A form that calls this server, for browsers with script. */
function TryIt({ operation, base }: { operation: OperationView; base: string }): JSX.Element {
  const { operationId, method, path, parameters, proof, sample } = operation;
  const id = (name: string): string => `try-${operationId}-${name}`;
  if (proof === 'signed')
    return (
      <Part title="Try it">
        <p class="hint">Each call is signed with the key of a shop: call it from your program.</p>
      </Part>
    );
  return (
    <form hidden data-tries="" data-method={method} data-path={base + path} data-proof={proof}>
      <h3>Try it</h3>
      <div class="row">
        {parameters.map(({ name, place, required }) => (
          <div class="field">
            <label for={id(name)}>{name}</label>
            <input
              id={id(name)}
              data-place={place}
              data-name={name}
              required={required}
              autocomplete="off"
              spellcheck={false}
            />
          </div>
        ))}
      </div>
      {sample === undefined ? null : (
        <div class="field">
          <label for={id('body')}>Body, {sample.type}</label>
          <textarea id={id('body')} rows={8} data-body={sample.type} spellcheck={false}>
            {sample.text}
          </textarea>
        </div>
      )}
      <button type="submit">Send</button>
      <div data-answer="" aria-live="polite" />
    </form>
  );
}
