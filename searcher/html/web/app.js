// SPDX-License-Identifier: GPL-2.0-or-later
// What scripts add to pages that are complete without them.
import { addBrush } from './brush.js';
import { addCopyButtons } from './copy.js';
import { addKeys } from './keys.js';
import { addLiveSearch } from './live.js';
import { addThemeButton } from './theme_button.js';

// For what is in <main>, which a live search puts another in place of.
function dress() {
  addCopyButtons();
  addBrush();
  for (const element of document.querySelectorAll('.script-only')) {
    element.removeAttribute('hidden');
  }
}

addThemeButton();
addKeys();
addLiveSearch(dress);
dress();
