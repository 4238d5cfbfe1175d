// SPDX-License-Identifier: GPL-2.0-or-later
// What an archive may hold to take over a page, or to make a mess of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFits, phone, shoot, withPage } from './support.mjs';

const script = '<script>window.owned = 1</script><img src="x" onerror="window.owned = 1">';
const url = 'javascript:window.owned=1';
const words = Array.from({ length: 10_000 }, (_, number) => `haystack straw${number}`).join(' ');

export const hostileRows = ['2015-01-01', '2016-01-01'].map((date, number) => ({
  vendor: `evil.example ${script}`,
  date,
  type: `Privacy ${script}`,
  url: number === 0 ? url : `https://evil.example/"onmouseover="window.owned=1`,
  text: [
    `# Policy ${script}`,
    `## Heading \u202Edetrevni ${script}`,
    `We collect cookies number ${number}. ${script} [press here](${url}) and [there](https://ok.example/a?b=1&c="2").`,
    `Cookies are \u202Etxet sdrawkcab\u2066 and go on \u0007 with ${'w'.repeat(300)} in it.`,
    `Cookies: ${words}`,
    `${'個人情報'.repeat(2000)}cookies`,
  ].join('\n\n'),
}));

async function checkHarmless(page, path) {
  await page.goto(path);
  assert.equal(await page.evaluate(() => window.owned), undefined, path);
  assert.equal(await page.locator('main script, main img, main [onerror], main [onmouseover]').count(), 0, path);
  assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0, path);
  const text = await page.locator('main').evaluate((main) => main.textContent ?? '');
  assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069\u0000-\u0008]/, path);
  await checkFits(page, path);
}

export function testHostile(base) {
  test('hostile text is text, on every page and width', async () => {
    for (const viewport of [phone, { width: 1280, height: 900 }]) {
      await withPage({ base: base(), viewport }, async (page) => {
        await checkHarmless(page, '/?q=cookies');
        await shoot(page, `hostile-search-${viewport.width}`);
        const clauses = await page.locator('.hit h2 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        assert.ok(clauses.length >= 3);
        for (const clause of clauses) {
          await checkHarmless(page, clause);
        }
        await shoot(page, `hostile-clause-${viewport.width}`);
        await checkHarmless(page, clauses[0].replace('/clause/', '/policy/'));
        await shoot(page, `hostile-policy-${viewport.width}`);
        await page.goto('/vendors');
        const vendor = await page.locator('tbody th a').first().getAttribute('href');
        for (const path of ['/vendors', vendor, vendor.replace('/vendor/', '/diff/'), '/trend?q=cookies']) {
          await checkHarmless(page, path);
        }
      });
    }
  });

  // The longest clause there can be is of some 2,000 characters: a text without a paragraph is cut
  // into many.
  test('of 20,000 words without a paragraph the results show beginnings, and their policy all', () =>
    withPage({ base: base() }, async (page) => {
      await page.goto('/?q=haystack+straw1000');
      const hit = page.locator('.hit', { hasText: 'straw1000' }).first();
      assert.match(await hit.innerText(), /This clause goes on: read all \d+ words/);
      const shown = await hit.locator('.clause').innerText();
      assert.ok(shown.length > 1000 && shown.length < 1900, `${shown.length} characters`);
      assert.ok(await hit.locator('mark').count() > 2);
      assert.ok((await page.content()).length < 200_000);

      await hit.locator('.more a').click();
      await page.waitForURL(/\/clause\//);
      const whole = await page.locator('.clause.focus').innerText();
      assert.ok(whole.length > shown.length, `${whole.length} characters`);
      await checkFits(page, 'the longest clause');

      await page.getByRole('link', { name: 'Read it in its policy' }).click();
      await page.waitForURL(/\/policy\//);
      const words = await page.locator('.policy').evaluate((policy) =>
        (policy.textContent ?? '').match(/straw\d+/g)?.length ?? 0);
      assert.equal(words, 10_000);
    }));

  test('a hostile query is text as well', () =>
    withPage({ base: base(), expectStatus: [400] }, async (page) => {
      for (const q of [`cookies ${script}`, `"${script}`, `\u202Ecookies`, '"><b>cookies']) {
        await checkHarmless(page, `/?q=${encodeURIComponent(q)}`);
      }
    }));
}
