// SPDX-License-Identifier: GPL-2.0-or-later
// What the tests of the page share: an index, a server on a free port, a browser, and pages that
// note whatever goes wrong in them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const source = process.env.SMALLPRINT_SOURCE_DIR ?? join(import.meta.dirname, '..', '..');
const programs = process.env.SMALLPRINT_BIN ?? join(source, 'build', 'dev', 'bin');
export const artifacts = process.env.SMALLPRINT_ARTIFACTS ?? join(source, 'build', 'web-artifacts');
export const sampleArchive = join(source, 'data', 'sample');

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'smallprint-web-'));
const chromiumPath = process.env.SMALLPRINT_CHROMIUM ?? '/usr/bin/chromium';

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 375, height: 740 };

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('node:child_process').ChildProcess[]} */
const servers = [];

/** Indexes archives and serves them. Gives the address, without a slash at the end. */
export async function serve(name, archives) {
  const index = join(folder, `${name}.idx`);
  const indexed = spawnSync(join(programs, 'smallprint'), ['index', '-q', ...archives, '-i', index]);
  assert.equal(indexed.status, 0, String(indexed.stderr));
  const server = spawn(join(programs, 'smallprint'),
    ['serve', '-i', index, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  servers.push(server);
  return new Promise((resolve, reject) => {
    let told = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        told += text;
        const address = told.match(/http:\/\/[\d.]+:\d+/);
        if (address) {
          resolve(address[0]);
        }
      });
    }
    server.on('exit', () => reject(new Error(`the server ended: ${told}`)));
  });
}

export function writeArchive(name, rows) {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\n') + '\n');
  return path;
}

export async function startBrowser() {
  mkdirSync(artifacts, { recursive: true });
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export async function stopAll() {
  await browser?.close();
  for (const server of servers) {
    server.removeAllListeners('exit');
    server.kill('SIGTERM');
  }
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs `use` with a page that may do nothing wrong: no message in the console, no request to
 * another host, no dialog. Answers that are meant to be errors are named by their status.
 * `emptyScripts` makes the page what it is without scripts, and still one can ask it with some.
 */
export async function withPage(options, use) {
  const { base, viewport = desktop, scheme = 'light', js = true, expectStatus = [] } = options;
  const emptyScripts = options.emptyScripts ?? false;
  const context = await browser.newContext({
    baseURL: base,
    viewport,
    colorScheme: scheme,
    javaScriptEnabled: js,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (emptyScripts) {
    await context.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  }
  const wrongs = [];
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const isExpected = expectStatus.some((status) => message.text().includes(`status of ${status}`));
    if (!isExpected) {
      wrongs.push(`console: ${message.text()}`);
    }
  });
  page.on('dialog', async (dialog) => {
    wrongs.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) {
      wrongs.push(`request to another host: ${request.url()}`);
    }
  });
  try {
    await use(page, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrongs, []);
}

/**
 * A search without reload has an address at once and its results later; until then the page says
 * that it is busy.
 */
export async function arrived(page, address) {
  await page.waitForURL(address);
  await page.locator('main:not([aria-busy])').waitFor();
}

/** No violation of what axe-core knows of WCAG 2.2 AA and good practice. */
export async function checkAccessible(page, what) {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.map((one) =>
      `${one.id}: ${one.help} (${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')})`);
  });
  assert.deepEqual(violations, [], what);
}

/** The page is no wider than the window. */
export async function checkFits(page, what) {
  const over = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) {
      return null;
    }
    const widest = [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
      .map((one) => `${one.tagName}.${one.className}`);
    return widest.slice(0, 5).join(' ');
  });
  assert.equal(over, null, `${what} is wider than the window`);
}

export async function shoot(page, name) {
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

export const canRun = existsSync(chromiumPath);
