// SPDX-License-Identifier: GPL-2.0-or-later
// The search page without reloading: the same address is fetched and its <main> put in place of
// ours. Whatever goes wrong, the browser loads the page as it would without us.
import { announce } from './announce.js';

/** @type {AbortController | null} */
let underway = null;

/** @param {URL} url */
function isSearch(url) {
  return url.origin === location.origin && url.pathname === '/';
}

/**
 * Where the focus was, by id, to set it again.
 * @returns {{id: string, start: number | null} | null}
 */
function focused() {
  const element = document.activeElement;
  if (!element || element.id === '') {
    return null;
  }
  const start = element instanceof HTMLInputElement && element.type !== 'checkbox'
    ? element.selectionStart : null;
  return { id: element.id, start };
}

/** @param {{id: string, start: number | null} | null} was */
function focusAgain(was) {
  const element = was ? document.getElementById(was.id) : null;
  if (!was || !element) {
    return;
  }
  element.focus({ preventScroll: true });
  if (element instanceof HTMLInputElement && was.start !== null) {
    element.setSelectionRange(was.start, was.start);
  }
}

/**
 * @param {string} html
 * @returns {boolean} whether it was a page of ours
 */
function show(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const fresh = page.querySelector('main');
  const main = document.querySelector('main');
  if (!fresh || !main) {
    return false;
  }
  const openFolds = [...main.querySelectorAll('details[open][id]')].map((fold) => fold.id);
  const was = focused();
  main.replaceChildren(...fresh.childNodes);
  for (const id of openFolds) {
    document.getElementById(id)?.setAttribute('open', '');
  }
  document.title = page.title;
  focusAgain(was);
  announce(main.querySelector('h1')?.textContent ?? '');
  return true;
}

/**
 * @param {URL} url
 * @param {() => void} dress
 */
async function load(url, dress) {
  underway?.abort();
  underway = new AbortController();
  const main = document.querySelector('main');
  main?.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(url, { signal: underway.signal, headers: { Accept: 'text/html' } });
    const type = response.headers.get('Content-Type') ?? '';
    if (!type.startsWith('text/html') || !show(await response.text())) {
      location.assign(url);
      return;
    }
    dress();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) {
      location.assign(url);
    }
    return;
  }
  main?.removeAttribute('aria-busy');
}

/**
 * The address a form leads to, without what is left empty.
 * @param {HTMLFormElement} form
 */
function addressOf(form) {
  const url = new URL(form.action);
  url.search = '';
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim() !== '') {
      url.searchParams.append(name, value.trim());
    }
  }
  return url;
}

/** @param {() => void} dress */
export function addLiveSearch(dress) {
  /** @param {URL} url */
  const visit = (url) => {
    history.pushState(null, '', url);
    load(url, dress).then(() => {
      if (url.searchParams.has('page')) {
        scrollTo({ top: 0 });
      }
    });
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.id === 'search' && form.reportValidity()) {
      event.preventDefault();
      visit(addressOf(form));
    }
  });
  document.addEventListener('change', (event) => {
    const control = event.target;
    if (control instanceof HTMLSelectElement ||
        (control instanceof HTMLInputElement && control.type === 'checkbox')) {
      if (control.form?.id === 'search') {
        control.form.requestSubmit();
      }
    }
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('main a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0 ||
        event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    const url = new URL(link.href);
    if (location.pathname === '/' && isSearch(url) && url.hash === '') {
      event.preventDefault();
      visit(url);
    }
  });
  addEventListener('popstate', () => {
    const url = new URL(location.href);
    if (isSearch(url)) {
      load(url, dress);
    }
  });
}
