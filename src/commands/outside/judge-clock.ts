import type { SeenAnswer } from '../../adapters/outbound-http/outside-probe.js';
import type { Finding } from './finding.js';

/** Clocks that are set by NTP differ by less than one. */
const MOST_SECONDS = 10;

/** Compares the times in an answer with this machine's clock. */
export function clockFindings({ headers, body, sentAt, receivedAt }: SeenAnswer): Finding[] {
  const date = headers['date'];
  // Its root has the first one.
  const timestamp = /\stimestamp="([^"]{1,40})"/.exec(body)?.[1];
  const told: [name: string, text: string | undefined][] = [
    ['clock of the proxy (Date)', typeof date === 'string' ? date : undefined],
    ['clock of the server (timestamp of its cXML)', timestamp],
  ];
  return told.map(([name, text]) => {
    const at = text === undefined ? Number.NaN : Date.parse(text);
    if (Number.isNaN(at)) return { subject: `${name}: not told` };
    const seconds = secondsOff(at, sentAt.getTime(), receivedAt.getTime());
    if (Math.abs(seconds) <= MOST_SECONDS) return { subject: `${name}: like that of this machine` };
    return {
      subject: name,
      fault: `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of this machine`,
      cure:
        'set both clocks by NTP (`timedatectl` shows whether that works). With a wrong clock certificates seem to ' +
        'have expired, signed calls are refused, and documents have a wrong time',
    };
  });
}

/** How far `at`, in whole seconds, is outside of the time between request and answer; ahead is positive. */
function secondsOff(at: number, sentAt: number, receivedAt: number): number {
  if (at > receivedAt) return Math.round((at - receivedAt) / 1000);
  if (at + 1000 < sentAt) return -Math.round((sentAt - at) / 1000);
  return 0;
}
