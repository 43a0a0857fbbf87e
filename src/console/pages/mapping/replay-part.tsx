import type { JSX } from 'preact';
import type { ChangedLine, LinePart } from '../../../domain/replay/compare-lines.js';
import type { Replay, ReplayedCart } from '../../../domain/replay/replay.js';
import type { PreflightFinding } from '../../../domain/transmission/transfer-payload.js';
import { Moment } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { FindingList, type MappingPartProps } from './mapping-part.js';

/** Carts that are open at first. */
const OPEN = 3;

/** What the edits would change in the carts that were sent. */
export function ReplayPart({ frame, texts, replay }: MappingPartProps & { replay: Replay }): JSX.Element {
  const { replayed, changed, refused, mended, carts, cartsLeftOut, complete } = replay;
  return (
    <section id="replay">
      <h2>{texts.replayTitle}</h2>
      <Notice tone={refused > 0 ? 'bad' : changed > 0 ? 'info' : 'good'}>
        <p>
          {replayed === 0 ? texts.noCarts : texts.summary(replayed, changed)}{' '}
          {refused > 0 ? texts.wouldBeRefused(refused) : null} {mended > 0 ? texts.mended(mended) : null}{' '}
          {complete ? null : texts.incomplete}
        </p>
      </Notice>
      {carts.map((cart, index) => (
        <details class="card replayed" open={index < OPEN}>
          <summary>
            <code>{cart.transmissionId}</code> {texts.sent}{' '}
            <Moment at={cart.sentAt} now={frame.now} language={frame.language} />
          </summary>
          <Cart frame={frame} texts={texts} cart={cart} />
        </details>
      ))}
      {cartsLeftOut > 0 ? <p class="hint">{texts.leftOut(cartsLeftOut)}</p> : null}
    </section>
  );
}

type CartProps = Pick<MappingPartProps, 'frame' | 'texts'> & { cart: ReplayedCart };

function Cart({ frame: { base }, texts, cart }: CartProps): JSX.Element {
  const { refusedBefore, refusedAfter, changes, changesLeftOut, gained, lost } = cart;
  return (
    <>
      <p>
        <a href={`${base}/sessions/${encodeURIComponent(cart.transmissionId)}`}>
          {texts.changedLines(changes.length + changesLeftOut)}
        </a>
      </p>
      {refusedAfter !== undefined && refusedAfter !== refusedBefore ? (
        <Notice tone="bad">{texts.refusedAfter(refusedAfter)}</Notice>
      ) : null}
      {refusedBefore !== undefined && refusedAfter === undefined ? (
        <Notice tone="good">{texts.refusedBefore(refusedBefore)}</Notice>
      ) : null}
      {changes.length === 0 ? null : (
        <pre class="diff" tabIndex={0} aria-label={texts.changedLines(changes.length)}>
          {changes.map((change) => (
            <Change texts={texts} change={change} />
          ))}
        </pre>
      )}
      {changesLeftOut > 0 ? <p class="hint">{texts.moreLines(changesLeftOut)}</p> : null}
      <Findings title={texts.gained} findings={gained} texts={texts} />
      <Findings title={texts.lost} findings={lost} texts={texts} />
    </>
  );
}

function Change({ change: { before, after }, texts }: { change: ChangedLine; texts: MappingPartProps['texts'] }) {
  return (
    <>
      {before === undefined ? null : (
        <del class="l" data-n={before.number}>
          <span class="unseen">{texts.was} </span>
          {after === undefined ? `${before.text}\n` : <Marked line={before} />}
        </del>
      )}
      {after === undefined ? null : (
        <ins class="l" data-n={after.number}>
          <span class="unseen">{texts.becomes} </span>
          {before === undefined ? `${after.text}\n` : <Marked line={after} />}
        </ins>
      )}
    </>
  );
}

function Marked({ line: { text, differs } }: { line: LinePart }): JSX.Element {
  const [from, to] = differs;
  return (
    <>
      {text.slice(0, from)}
      {from < to ? <mark>{text.slice(from, to)}</mark> : null}
      {text.slice(to)}
      {'\n'}
    </>
  );
}

interface FindingsProps {
  title: string;
  findings: readonly PreflightFinding[];
  texts: MappingPartProps['texts'];
}

function Findings({ title, findings, texts }: FindingsProps): JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <>
      <p class="what">{title}</p>
      <FindingList findings={findings} texts={texts} />
    </>
  );
}
