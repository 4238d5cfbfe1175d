// SPDX-License-Identifier: GPL-2.0-or-later
// Light, dark, or as the system has it; remembered in this browser.

const themes = ['auto', 'light', 'dark'];
const labels = { auto: 'Theme: auto', light: 'Theme: light', dark: 'Theme: dark' };

/** @returns {'auto' | 'light' | 'dark'} */
function current() {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** @param {string} theme */
function choose(theme) {
  if (theme === 'auto') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Then it holds for this page only.
  }
}

export function addThemeButton() {
  const button = document.getElementById('theme');
  if (!button) {
    return;
  }
  button.hidden = false;
  button.textContent = labels[current()];
  button.addEventListener('click', () => {
    choose(themes[(themes.indexOf(current()) + 1) % themes.length]);
    button.textContent = labels[current()];
  });
}
