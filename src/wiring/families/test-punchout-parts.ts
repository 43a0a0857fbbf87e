import { callOwnServer } from '../../adapters/call-own-server.js';
import { testReturns } from '../../domain/access/test-return.js';
import { TEST_RETURN_PATH } from '../../http/console/console-pages.js';
import { readCallUpAnswer } from '../../protocols/read-call-up-answer.js';
import { type WrittenCallUp, writeCallUp } from '../../protocols/write-call-up.js';
import { messageReads } from '../../usecases/history/read-messages.js';
import { connectionReads } from '../../usecases/manage/read-connections.js';
import { type TestCallUp, type TestPunchoutUseCases, testPunchouts } from '../../usecases/manage/test-punchout.js';
import type { Parts } from '../shared-use-cases.js';

type TestParts = Pick<
  Parts,
  'audit' | 'connections' | 'messages' | 'middlewareKeys' | 'options' | 'secrets' | 'testPunchouts' | 'transmissions'
>;

/** Test punchouts of the console. */
export function testPunchoutsOf(parts: TestParts): TestPunchoutUseCases {
  const { publicUrl } = parts.options;
  const { hostname: host } = new URL(publicUrl);
  const written = ({ connection, ...callUp }: TestCallUp): WrittenCallUp =>
    writeCallUp({ ...callUp, protocol: connection.protocol, settings: connection.settings, host });
  return testPunchouts({
    reads: connectionReads(parts),
    tests: parts.testPunchouts,
    returns: testReturns(publicUrl + TEST_RETURN_PATH, parts.secrets),
    transmissions: parts.transmissions,
    messages: messageReads(parts),
    log: parts.messages,
    audit: parts.audit,
    callUp: (callUp) => {
      const request = written(callUp);
      return callOwnServer(`${publicUrl}${request.path}`, request);
    },
    textOf: (callUp) => written(callUp).text,
    startUrlIn: readCallUpAnswer,
    pause: (ms) => new Promise((wake) => setTimeout(wake, ms)),
  });
}
