// SPDX-License-Identifier: GPL-2.0-or-later
// What people do with the page, step by step.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, phone, shoot, withPage } from './support.mjs';

export function testJourneys(base) {
  test('a search is repaired with one click', () =>
    withPage({ base: base(), js: false, expectStatus: [400] }, async (page) => {
      await page.goto('/?q=sell+%22personal+data');
      assert.equal(await page.locator('.here').innerText(), '"');
      await page.getByRole('link', { name: /^Search for/ }).click();
      await arrived(page, /q=sell\+%22personal\+data%22/);
      assert.match(await page.locator('h1').innerText(), /clauses? for/);
    }));

  test('every way to narrow a search is understood', () =>
    withPage({ base: base(), js: false }, async (page) => {
      await page.goto('/?q=data');
      await page.getByLabel('Vendor', { exact: true }).fill('brightloaf.example');
      await page.getByLabel('Under a heading with').fill('information');
      await page.getByLabel('from').fill('2012');
      await page.getByLabel('to', { exact: true }).fill('2020-06');
      await page.getByLabel('Results of each vendor').selectOption('3');
      await page.getByLabel('In that time it was').selectOption('added');
      await page.getByLabel('Show identical clauses').check();
      await page.getByLabel('Only my own words').check();
      await page.getByRole('button', { name: 'Apply' }).click();
      await arrived(page, /changed=added/);
      assert.match(await page.locator('h1').innerText(), /[1-9]\d* clauses? for/);
      assert.equal(await page.locator('.chip').count(), 6);
      assert.ok(await page.getByLabel('Only my own words').isChecked());
    }));

  test('what was in force on a day is found, on a phone and without scripts too', () =>
    withPage({ base: base(), js: false, viewport: phone }, async (page) => {
      await page.goto('/?q=sell+personal+data');
      await page.locator('.fold > summary').click();
      await page.getByLabel('In force on the day').fill('2015');
      await page.getByRole('button', { name: 'Apply' }).click();
      await arrived(page, /as_of=2015/);
      assert.match(await page.locator('.chip').innerText(), /as of 2015/);
      const spans = await page.locator('.hit .when').allInnerTexts();
      assert.ok(spans.length > 0);
      assert.ok(spans.every((span) => span.slice(0, 4) <= '2015'), spans.join());
    }));

  test('the newest come first if one likes', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=data');
      await page.locator('.orders').getByRole('link', { name: 'newest' }).click();
      await arrived(page, /sort=newest/);
      const ends = await page.locator('.hit .when').allInnerTexts();
      const days = ends.map((text) => text.split(' – ').pop());
      assert.deepEqual(days, [...days].sort().reverse());
    }));

  test('a value of a facet and a year lead to what they count', () =>
    withPage({ base: base(), js: false }, async (page) => {
      await page.goto('/?q=personal+data');
      const value = page.locator('.facet li').first();
      const count = await value.locator('.num').innerText();
      await value.locator('a').click();
      await arrived(page, /vendor=/);
      assert.match(await page.locator('h1').innerText(), new RegExp(`^${count} clauses?`));
      await page.goto('/?q=personal+data');
      await page.getByText('By year').click();
      const year = page.locator('.over-time tbody tr').nth(3);
      const inYear = await year.locator('td').innerText();
      await year.locator('a').click();
      await arrived(page, /from=\d{4}&to=\d{4}/);
      assert.match(await page.locator('h1').innerText(), new RegExp(`^${inYear} clauses?`));
    }));

  test('pages of results follow each other, also when the index is another one meanwhile', () =>
    withPage({ base: base(), js: false }, async (page) => {
      const ids = () => page.locator('.hit').evaluateAll((hits) => hits.map((hit) => hit.id));
      await page.goto('/?q=data');
      const first = await ids();
      await page.getByRole('link', { name: 'Next →' }).click();
      await arrived(page, /page=2&cursor=/);
      const second = await ids();
      assert.equal(second[0], 'r21');
      assert.equal(await page.locator('.note').count(), 0);
      await page.getByRole('link', { name: '← Previous' }).click();
      await arrived(page, (url) => !url.search.includes('page='));
      assert.deepEqual(await ids(), first);
      await page.goto('/?q=data&page=2&cursor=1.0000000000000000.0000000000000000.20');
      assert.deepEqual(await ids(), second);
      assert.match(await page.locator('.note').innerText(), /others than when the page before was made/);
    }));

  test('a slip of spelling is one link away from what was meant', () =>
    withPage({ base: base(), js: false }, async (page) => {
      await page.goto('/?q=sell+personel+data');
      await page.locator('.meant a').click();
      await arrived(page, /q=sell\+personal\+data/);
      assert.match(await page.locator('h1').innerText(), /[1-9]\d* clauses/);
      assert.equal(await page.locator('.meant').count(), 0);
    }));

  test('results that lack some of the words are set off', () =>
    withPage({ base: base(), js: false }, async (page) => {
      await page.goto('/?q=sell+personal+data&vendor=brightloaf.example');
      const complete = Number((await page.locator('.note').innerText()).match(/Only the first (\d+) clauses have/)?.[1]);
      const order = await page.locator('.hits > li').evaluateAll((items) => items.map((item) => item.className));
      assert.ok(complete > 0);
      assert.equal(order.indexOf('divide'), complete);
    }));

  test('the search goes on from a mistake with its filters', () =>
    withPage({ base: base(), js: false, expectStatus: [400] }, async (page) => {
      await page.goto('/?q=sell&vendor=brightloaf.example&from=2020&to=2014');
      await page.getByLabel('from', { exact: true }).fill('2012');
      await page.getByRole('button', { name: 'Apply' }).click();
      await arrived(page, /from=2012&to=2014/);
      assert.match(await page.locator('.chips').innerText(), /brightloaf\.example/);
    }));

  test('one result of each vendor is enough if one likes', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=data');
      await page.getByLabel('Results of each vendor').selectOption('1');
      await arrived(page, /per_vendor=1/);
      const vendors = await page.locator('.hit h2 a').allInnerTexts();
      assert.ok(vendors.length > 3);
      assert.equal(new Set(vendors).size, vendors.length);
    }));

  test('what is to begin with finds something', () =>
    withPage({ base: base(), js: false }, async (page) => {
      for (const start of ['/', '/trend']) {
        await page.goto(start);
        const urls = await page.locator('.examples a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        assert.ok(urls.length > 3);
        for (const url of urls) {
          await page.goto(url);
          assert.ok(await page.locator('.hit, .series circle').count() > 0, url);
        }
      }
    }));

  test('a question with signs is searched for as plain words', () =>
    withPage({ base: base(), js: false, expectStatus: [400] }, async (page) => {
      await page.goto('/?q=%28sell+data');
      await page.getByRole('link', { name: /plain words/ }).click();
      await arrived(page, /plain=true/);
      assert.match(await page.locator('h1').innerText(), /[1-9]\d* clauses? for/);
    }));

  test('filters are taken off one by one', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=data&vendor=brightloaf.example&from=2014');
      await page.locator('.chip', { hasText: 'from 2014' }).click();
      await arrived(page, (url) => !url.search.includes('from='));
      assert.match(page.url(), /vendor=brightloaf\.example/);
    }));

  test('results are printed without what is for the screen', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=sell+personal+data');
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.side').isVisible(), false);
      assert.equal(await page.locator('nav').first().isVisible(), false);
      assert.equal(await page.locator('.list-head, .under, .copy').filter({ visible: true }).count(), 0);
      assert.ok(await page.locator('.hit').first().isVisible());
      await shoot(page, 'search-print');
    }));

  test('the feed of a search and its description for browsers are well-formed', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=sell+%3Cdata%3E');
      const feed = await page.locator('link[type="application/atom+xml"]').getAttribute('href');
      const found = await page.evaluate(async (paths) => {
        const parsed = [];
        for (const path of paths) {
          const response = await fetch(path);
          const xml = new DOMParser().parseFromString(await response.text(), 'application/xml');
          parsed.push({ root: xml.documentElement.localName, wrong: xml.querySelector('parsererror') !== null,
            entries: xml.querySelectorAll('entry').length });
        }
        return parsed;
      }, [feed, '/opensearch.xml']);
      assert.equal(found[0].root, 'feed');
      assert.ok(found[0].entries > 3);
      assert.equal(found[1].root, 'OpenSearchDescription');
      assert.ok(found.every((one) => !one.wrong));
    }));
}
