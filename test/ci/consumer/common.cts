// A CommonJS program: require() of this package needs Node.js 20.19 or newer.
import assert = require('node:assert/strict');
import punchout = require('headless-punchout');
import testing = require('headless-punchout/testing');

const code: punchout.ErrorCode = 'ROUTE_BLOCKED';
assert.equal(new punchout.PunchoutError(code).code, code);
assert.equal(typeof punchout.createConnector, 'function');
assert.equal(typeof testing.checkStore, 'function');
console.log('common: well');
