// SPDX-License-Identifier: GPL-2.0-or-later
// Buttons that copy an address or a citation.
import { announce } from './announce.js';

/**
 * @param {string} label
 * @param {() => string} text
 */
function copyButton(label, text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet copy';
  button.textContent = label;
  button.addEventListener('click', async () => {
    const done = await navigator.clipboard.writeText(text()).then(() => true, () => false);
    button.textContent = done ? 'Copied' : 'Could not copy';
    announce(button.textContent);
    setTimeout(() => { button.textContent = label; }, 1600);
  });
  return button;
}

export function addCopyButtons() {
  if (!navigator.clipboard) {
    return;
  }
  for (const place of document.querySelectorAll('[data-copies]')) {
    const source = document.getElementById(place.getAttribute('data-copies') ?? '');
    if (source && place.childElementCount === 0) {
      place.append(copyButton('Copy', () => source.textContent ?? ''));
    }
  }
  for (const place of document.querySelectorAll('[data-copies-link]')) {
    if (place.childElementCount === 0) {
      const path = place.getAttribute('data-copies-link') ?? '';
      place.append(copyButton(place.getAttribute('data-label') ?? 'Copy link', () => new URL(path, location.href).href));
    }
  }
}
