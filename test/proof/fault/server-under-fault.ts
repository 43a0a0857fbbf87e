import { serverSettings } from '../../../src/config/environment.js';
import { startServer } from '../../../src/server.js';
import { faultyAnswers } from './faulty-answers.js';
import { faultySessions } from './faulty-sessions.js';
import { faultyStatements } from './faulty-statements.js';

// For tests only: the real server, in a process that dies, delays or fails as its environment defines (kill-points.ts).
faultyStatements();
faultySessions();
faultyAnswers();
await startServer(serverSettings(process.env));
