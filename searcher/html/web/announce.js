// SPDX-License-Identifier: GPL-2.0-or-later

/**
 * Says something to those who do not see it.
 * @param {string} text
 */
export function announce(text) {
  const announcer = document.getElementById('announcer');
  if (announcer) {
    announcer.textContent = text;
  }
}
