// SPDX-License-Identifier: GPL-2.0-or-later
// All tests of the page, with one browser. Run by ctest as `web.browser`; by hand:
//   node --test tests/web/all.test.mjs
import { after, before } from 'node:test';
import { hostileRows, testHostile } from './hostile_test.mjs';
import { testJourneys } from './journey_test.mjs';
import { testPages } from './pages_test.mjs';
import { testScripts } from './scripts_test.mjs';
import { sampleArchive, serve, startBrowser, stopAll, writeArchive } from './support.mjs';

let sample = '';
let hostile = '';

before(async () => {
  const served = [serve('sample', [sampleArchive]), serve('hostile', [writeArchive('hostile.jsonl', hostileRows)])];
  await startBrowser();
  [sample, hostile] = await Promise.all(served);
});
after(stopAll);

testPages(() => sample);
testJourneys(() => sample);
testScripts(() => sample);
testHostile(() => hostile);
