// SPDX-License-Identifier: GPL-2.0-or-later
// All tests of the page, with one browser. Run by ctest as `web.browser`; by hand:
//   node --test tests/web/all.test.mjs
import { after, before, suite } from 'node:test';
import { hostileRows, testHostile } from './hostile_test.mjs';
import { testJourneys } from './journey_test.mjs';
import { testPages } from './pages_test.mjs';
import { testScripts } from './scripts_test.mjs';
import { sampleArchive, serve, startBrowser, stopAll, writeArchive } from './support.mjs';
import { testWalks } from './walk_test.mjs';

let sample = '';
let hostile = '';

before(async () => {
  const served = [serve('sample', [sampleArchive]), serve('hostile', [writeArchive('hostile.jsonl', hostileRows)])];
  await startBrowser();
  [sample, hostile] = await Promise.all(served);
});
after(stopAll);

// Each test has a browser context of its own. Those that take longest come first.
suite('the page', { concurrency: 3 }, () => {
  testWalks(() => sample);
  testPages(() => sample);
  testHostile(() => hostile);
  testJourneys(() => sample);
  testScripts(() => sample);
});
