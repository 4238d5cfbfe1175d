// SPDX-License-Identifier: GPL-2.0-or-later
// What scripts add.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, withPage } from './support.mjs';

// A mark that a reload would wipe out.
const markPage = (page) => page.evaluate(() => { window.notReloaded = true; });
const isMarked = (page) => page.evaluate(() => window.notReloaded === true);

export function testScripts(base) {
  test('a search, its filters and its pages come without a reload, and Back goes back', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=cookies');
      await markPage(page);
      await page.locator('#q').fill('data');
      await page.locator('#q').press('Enter');
      await page.locator('h1', { hasText: 'data' }).waitFor();
      assert.match(page.url(), /q=data/);
      assert.match(await page.title(), /data/);
      assert.match(await page.locator('#announcer').innerText(), /clauses/);
      await page.getByLabel('Only my own words').click();
      await arrived(page, /synonyms=false/);
      await page.getByRole('link', { name: 'Next →' }).click();
      await arrived(page, /page=2/);
      await page.locator('.pages', { hasText: 'Page 2 of' }).waitFor();
      await page.goBack();
      await page.goBack();
      await page.goBack();
      await page.locator('h1', { hasText: 'cookies' }).waitFor();
      assert.ok(await isMarked(page));
    }));

  test('a mistake is shown without a reload', () =>
    withPage({ base: base(), expectStatus: [400] }, async (page) => {
      await page.goto('/?q=cookies');
      await markPage(page);
      await page.locator('#q').fill('"cookies');
      await page.locator('#q').press('Enter');
      await page.locator('.mistake').waitFor();
      assert.ok(await isMarked(page));
    }));

  test('everything is to be had with the keyboard', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/vendors');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');

      await page.goto('/?q=cookies');
      await page.keyboard.press('/');
      await page.keyboard.type('sell personal data');
      await page.keyboard.press('Enter');
      await page.locator('h1', { hasText: 'sell personal data' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      assert.ok(await page.locator('details.help').getAttribute('open') !== null);
      await page.keyboard.press('?');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      assert.equal(await page.locator('.hit.current').getAttribute('id'), 'r2');
      await page.keyboard.press('k');
      assert.equal(await page.locator('.hit.current').getAttribute('id'), 'r1');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/clause\//);
    }));

  test('keys are letters where one types', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=cookies');
      await page.locator('#q').fill('');
      await page.locator('#q').pressSequentially('j/k?');
      assert.equal(await page.locator('#q').inputValue(), 'j/k?');
    }));

  test('the theme is remembered', () =>
    withPage({ base: base() }, async (page) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.goto('/about');
      const light = await paper();
      await page.getByRole('button', { name: 'Theme: auto' }).click();
      await page.getByRole('button', { name: 'Theme: light' }).click();
      const dark = await paper();
      assert.notEqual(dark, light);
      await page.goto('/vendors');
      assert.equal(await paper(), dark);
      await page.getByRole('button', { name: 'Theme: dark' }).click();
      assert.equal(await paper(), light);
    }));

  test('a citation and an address are copied', () =>
    withPage({ base: base() }, async (page) => {
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await page.goto('/?q=sell+personal+data');
      await page.getByRole('button', { name: 'Copy link' }).first().click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      assert.match(await clipboard(), /^http:\/\/127\.0\.0\.1:\d+\/clause\/[0-9a-z]+-[0-9a-z]+$/);
      await page.goto('/clause/vfh84xcbv5-q39tnqv3y9');
      await page.getByRole('button', { name: 'Copy' }).first().click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      assert.match(await clipboard(), /brightloaf\.example, Privacy Policy: “We do not sell/);
    }));

  test('years drawn over the histogram become the dates of the search', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=data');
      const slots = page.locator('svg.histogram .slot');
      const from = await slots.nth(4).boundingBox();
      const to = await slots.nth(6).boundingBox();
      await page.mouse.move(from.x + from.width / 2, from.y + 20);
      await page.mouse.down();
      await page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 4 });
      await page.mouse.up();
      await arrived(page, /from=2013&to=2015/);
      await page.locator('.chip', { hasText: 'from 2013' }).waitFor();
    }));
}
