// SPDX-License-Identifier: GPL-2.0-or-later
// / to the search box, j and k through the results, Enter opens, Esc leaves the box, ? for help.

/** @returns {HTMLInputElement | null} */
function searchBox() {
  return document.querySelector('#q, #head-q');
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"]), select, textarea'));
}

/** @param {number} by */
function step(by) {
  const hits = [...document.querySelectorAll('.hit')];
  if (hits.length === 0) {
    return;
  }
  const now = hits.findIndex((hit) => hit.classList.contains('current'));
  const next = Math.max(0, Math.min(hits.length - 1, now + by));
  hits[now]?.classList.remove('current');
  hits[next].classList.add('current');
  hits[next].scrollIntoView({ block: 'nearest' });
  const link = hits[next].querySelector('h2 a');
  if (link instanceof HTMLElement) {
    link.focus({ preventScroll: true });
  }
}

function toggleHelp() {
  const help = document.querySelector('details.help');
  if (help instanceof HTMLDetailsElement) {
    help.open = !help.open;
    help.scrollIntoView({ block: 'nearest' });
  } else {
    location.assign('/about#keys');
  }
}

/** @type {Record<string, () => void>} */
const actions = {
  '/': () => { searchBox()?.focus(); searchBox()?.select(); },
  j: () => step(1),
  k: () => step(-1),
  '?': toggleHelp,
};

export function addKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isTyping(event.target)) {
      if (event.key === 'Escape' && event.target instanceof HTMLElement) {
        event.target.blur();
      }
      return;
    }
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
