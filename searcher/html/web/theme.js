// SPDX-License-Identifier: GPL-2.0-or-later
// Runs before the page is drawn, so that a remembered theme does not flash.
'use strict';
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage may be forbidden; the system's choice holds then.
  }
})();
