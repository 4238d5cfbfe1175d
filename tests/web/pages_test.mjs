// SPDX-License-Identifier: GPL-2.0-or-later
// Every page: with and without scripts, wide and narrow, light and dark.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessible, checkFits, desktop, phone, shoot, withPage } from './support.mjs';

const soldClause = '/clause/vfh84xcbv5-q39tnqv3y9';

export const pages = [
  { name: 'home', path: '/', heading: /small print/ },
  { name: 'search', path: '/?q=sell+personal+data', heading: /clauses for/ },
  { name: 'search-filtered', path: '/?q=personal+data&vendor=brightloaf.example&from=2014&to=2018', heading: /clauses? for/ },
  { name: 'search-nothing', path: '/?q=zorbing+flibber&vendor=brightloaf.example', heading: /Nothing found/ },
  { name: 'search-mistake', path: '/?q=sell+%22data', heading: /cannot be read/, status: 400 },
  { name: 'clause', path: soldClause, heading: /brightloaf\.example/ },
  { name: 'policy', path: '/policy/vfh84xcbv5-q39tnqv3y9#focus', heading: /Privacy Policy/ },
  { name: 'policy-at', path: '/policy/brightloaf.example?at=2015', heading: /Privacy Policy/ },
  { name: 'diff', path: '/diff/brightloaf.example?from=2018-05-24&to=2020-08-15', heading: /what changed/ },
  { name: 'vendor', path: '/vendor/brightloaf.example', heading: /brightloaf\.example/ },
  { name: 'vendors', path: '/vendors', heading: /Vendors/ },
  { name: 'trend-start', path: '/trend', heading: /Trends/ },
  { name: 'trend', path: '/trend?q=sell+personal+data&q=%22data+protection%22', heading: /Trends/ },
  { name: 'about', path: '/about', heading: /Help/ },
  { name: 'not-found', path: '/clause/nothing', heading: /Not found/, status: 404 },
  { name: 'no-such-page', path: '/nowhere', heading: /Not found/, status: 404 },
];

const ways = [
  { name: 'desktop', viewport: desktop, scheme: 'light', js: true },
  { name: 'phone-dark', viewport: phone, scheme: 'dark', js: true },
  { name: 'no-js', viewport: desktop, scheme: 'dark', js: false },
  { name: 'phone-no-js', viewport: phone, scheme: 'light', js: false },
];

async function check(page, one, way) {
  const response = await page.goto(one.path);
  assert.equal(response.status(), one.status ?? 200);
  assert.match(await page.locator('h1').innerText(), one.heading);
  assert.equal(await page.locator('h1').count(), 1);
  assert.match(await page.title(), /Smallprint/);
  assert.equal(await page.locator('[style], script:not([src])').count(), 0);
  const policy = response.headers()['content-security-policy'] ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(await page.locator('#theme').isVisible(), way.js);
  await checkFits(page, one.name);
  await shoot(page, `${one.name}-${way.name}`);
}

// axe-core is a script itself: a page without scripts is looked at once more, with empty ones.
async function checkReadable(page, one, way) {
  if (!way.js) {
    await page.goto(one.path);
    assert.equal(await page.locator('#theme').isVisible(), false);
  }
  await checkAccessible(page, one.name);
}

async function checkAll(t, options, way) {
  const checkEach = async (page, readable) => {
    for (const one of pages) {
      await t.test(one.name, async () => {
        await check(page, one, way);
        await checkReadable(readable, one, way);
      });
    }
  };
  await withPage({ ...options, ...way }, (page) =>
    way.js ? checkEach(page, page)
      : withPage({ ...options, ...way, js: true, emptyScripts: true }, (readable) => checkEach(page, readable)));
}

export function testPages(base) {
  test('the picture of README.md is one of the page', { skip: !process.env.SMALLPRINT_SCREENSHOT }, () =>
    withPage({ base: base(), viewport: { width: 1180, height: 940 } }, async (page) => {
      await page.goto('/?q=sell+personal+data');
      await page.screenshot({ path: process.env.SMALLPRINT_SCREENSHOT });
    }));
  test('the first page is under 30 KB with all it loads', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/', { waitUntil: 'networkidle' });
      const sizes = await page.evaluate(() => ['navigation', 'resource'].flatMap((type) =>
        performance.getEntriesByType(type).map((entry) => [entry.name, entry.transferSize])));
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      assert.ok(sizes.length > 5 && sizes.every(([, size]) => size > 0), JSON.stringify(sizes));
      assert.ok(total < 30_000, JSON.stringify(sizes));
    }));
  for (const way of ways) {
    test(`every page is sound (${way.name})`, (t) =>
      checkAll(t, { base: base(), expectStatus: [400, 404] }, way));
  }
}
