// SPDX-License-Identifier: GPL-2.0-or-later
// The whole way of somebody who has a question: from words to who says them, when, what stood there
// before, and an address to share. Walked with mouse and scripts, with the keyboard alone, and
// without scripts on a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, checkFits, phone, withPage } from './support.mjs';

const mostTabs = 250;

/** The page's focus moves to `locator` by Tab alone, and is seen there. */
async function tabTo(page, locator) {
  const wanted = await locator.elementHandle();
  for (let i = 0; i < mostTabs; ++i) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      const outline = await wanted.evaluate((element) => getComputedStyle(element).outlineStyle);
      assert.notEqual(outline, 'none', `one sees that ${locator} has the focus`);
      return;
    }
  }
  assert.fail(`Tab does not lead to ${locator}`);
}

function mouse(page) {
  return {
    follow: (locator) => locator.click(),
    write: (locator, text) => locator.fill(text),
    choose: (locator, value) => locator.selectOption(value),
    unfold: async () => {},
    narrowToYears: async (from, to) => {
      const bar = (year) => page.locator(`.slot[data-from="${year}"]`);
      await bar(from).scrollIntoViewIfNeeded();
      const first = await bar(from).boundingBox();
      const last = await bar(to).boundingBox();
      await page.mouse.move(first.x + first.width / 2, first.y + 30);
      await page.mouse.down();
      await page.mouse.move(last.x + last.width / 2, last.y + 30, { steps: 4 });
      await page.mouse.up();
    },
  };
}

// Years are written into the form and sent with its button.
async function yearsByFields(page, hand, from, to) {
  await hand.write(page.getByLabel('from', { exact: true }), from);
  await hand.write(page.getByLabel('to', { exact: true }), to);
  await hand.follow(page.getByRole('button', { name: 'Apply' }));
}

function keyboard(page) {
  const hand = {
    follow: async (locator) => {
      await tabTo(page, locator);
      await page.keyboard.press('Enter');
    },
    write: async (locator, text) => {
      await tabTo(page, locator);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
    },
    choose: async (locator, value) => {
      await tabTo(page, locator);
      await page.keyboard.type(value);
    },
    unfold: async () => {},
    narrowToYears: (from, to) => yearsByFields(page, hand, from, to),
  };
  return hand;
}

function finger(page) {
  const hand = {
    ...mouse(page),
    unfold: () => page.locator('.fold > summary').click(),
    narrowToYears: async (from, to) => {
      await hand.unfold();
      await yearsByFields(page, hand, from, to);
    },
  };
  return hand;
}

/** What a page shows and what its forms hold. */
const stateOf = (page) => page.evaluate(() => {
  const texts = (selector) =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent?.trim());
  return {
    title: document.title,
    heading: texts('h1'),
    shown: texts('main :is(.hit h2, .chip, .change, .series-list li, .near, option:checked)'),
    fields: [...document.querySelectorAll('main :is(input, select)')].map((field) =>
      [field.name, field.type === 'checkbox' ? field.checked : field.value]),
  };
});

async function narrow(page, hand) {
  await page.goto('/');
  await hand.write(page.getByRole('searchbox'), 'sell personal data');
  await page.keyboard.press('Enter');
  await arrived(page, /q=sell/);
  assert.match(await page.locator('h1').innerText(), /^\d+ clauses/);
  await hand.unfold();
  await hand.follow(page.locator('.facet').getByRole('link', { name: 'brightloaf.example', exact: true }));
  await arrived(page, /vendor=brightloaf\.example/);
  await hand.narrowToYears('2014', '2018');
  await arrived(page, (url) => url.searchParams.get('from') === '2014' && url.searchParams.get('to') === '2018');
  const chips = await page.locator('.chip').allInnerTexts();
  assert.equal(chips.length, 3, chips.join());
  assert.ok(await page.locator('.year-bar.outside').count() > 0);
  return page.url();
}

async function seeWhatChanged(page, hand) {
  await hand.follow(page.locator('.hit', { hasText: 'We do not sell' }).locator('h2 a'));
  await page.waitForURL(/\/clause\//);
  assert.match(await page.locator('.clause.focus').innerText(), /We do not sell/);
  assert.match(await page.locator('.events').innerText(), /It was reworded to:/);
  assert.match(await page.locator('.events ins').first().innerText(), /may/);
  await hand.follow(page.getByRole('link', { name: 'All changes of that day' }).last());
  await page.waitForURL(/\/diff\//);
  await hand.choose(page.getByLabel('Older snapshot'), '2011-06-14');
  await hand.choose(page.getByLabel('Newer snapshot'), '2022-02-11');
  await hand.follow(page.getByRole('button', { name: 'Compare' }));
  await page.waitForURL(/from=2011-06-14&to=2022-02-11/);
  assert.ok(await page.locator('.change.reworded').count() > 0);
  return page.url();
}

async function compare(page, hand) {
  await hand.follow(page.getByRole('link', { name: 'Trends', exact: true }));
  await page.waitForURL(/\/trend$/);
  await hand.write(page.getByLabel('Query 1'), 'sell personal data');
  await hand.write(page.getByLabel('Query 2'), '"do not sell"');
  await hand.follow(page.getByRole('button', { name: 'Compare' }));
  await page.waitForURL(/trend\?q=/);
  assert.equal(await page.locator('.series').count(), 2);
  return page.url();
}

// An address is all that is handed on: to somebody with another kind of browser.
async function checkShared(page, url, options) {
  const mine = await stateOf(page);
  await withPage({ ...options, js: !options.js }, async (other) => {
    await other.goto(url);
    assert.deepEqual(await stateOf(other), mine, url);
  });
}

async function walk(options, handOf) {
  await withPage(options, async (page) => {
    const hand = handOf(page);
    for (const part of [narrow, seeWhatChanged, compare]) {
      const url = await part(page, hand);
      await checkFits(page, url);
      await checkShared(page, url, options);
    }
  });
}

export function testWalks(base) {
  test('the whole walk, with mouse and scripts', () => walk({ base: base(), js: true }, mouse));

  test('the whole walk, with the keyboard alone', () => walk({ base: base(), js: true }, keyboard));

  test('the whole walk, without scripts on a phone', () =>
    walk({ base: base(), js: false, viewport: phone }, finger));
}
