// SPDX-License-Identifier: GPL-2.0-or-later
// A span of time drawn over the histogram becomes the dates of the search. Without it the dates are
// written into the two fields, or chosen in the table below the histogram.

const svgNames = 'http://www.w3.org/2000/svg';
const leastDrag = 4; // pixels; less is a click, which means the bar under it

/**
 * @param {number} x
 * @param {number} least
 * @param {number} most
 */
function clamp(x, least, most) {
  return Math.max(least, Math.min(most, x));
}

/** The histogram's bars, each a span of days and a place. @param {SVGElement} drawing */
function binsOf(drawing) {
  return [...drawing.querySelectorAll('[data-from]')].map((bar) => ({
    from: bar.getAttribute('data-from') ?? '',
    to: bar.getAttribute('data-to') ?? '',
    begin: Number(bar.getAttribute('data-begin')),
    end: Number(bar.getAttribute('data-end')),
  }));
}

/**
 * @param {string} from
 * @param {string} to
 */
function search(from, to) {
  const fields = ['from', 'to'].map((id) => document.getElementById(id));
  const [first, last] = fields;
  if (first instanceof HTMLInputElement && last instanceof HTMLInputElement) {
    first.value = from;
    last.value = to;
    first.form?.requestSubmit();
  }
}

/** @param {SVGSVGElement} drawing */
function brush(drawing) {
  const bins = binsOf(drawing);
  const marker = document.createElementNS(svgNames, 'rect');
  marker.setAttribute('class', 'brush');
  marker.setAttribute('height', '100%');
  /** @type {number | null} */
  let start = null;

  /** @param {PointerEvent} event */
  const share = (event) => {
    const box = drawing.getBoundingClientRect();
    return clamp((100 * (event.clientX - box.left)) / box.width, 0, 100);
  };
  const cancel = () => {
    start = null;
    marker.remove();
  };
  drawing.addEventListener('pointerdown', (event) => {
    if (event.button === 0) {
      start = share(event);
      drawing.setPointerCapture(event.pointerId);
    }
  });
  drawing.addEventListener('pointermove', (event) => {
    if (start !== null) {
      const now = share(event);
      marker.setAttribute('x', `${Math.min(start, now)}%`);
      marker.setAttribute('width', `${Math.abs(now - start)}%`);
      drawing.append(marker);
    }
  });
  drawing.addEventListener('pointerup', (event) => {
    if (start === null) {
      return;
    }
    const ends = [start, share(event)].sort((a, b) => a - b);
    const dragged = ((ends[1] - ends[0]) / 100) * drawing.getBoundingClientRect().width;
    const place = dragged < leastDrag ? [ends[0], ends[0]] : ends;
    const touched = bins.filter((bin) => bin.end > place[0] && bin.begin <= place[1]);
    cancel();
    if (touched.length > 0) {
      search(touched[0].from, touched[touched.length - 1].to);
    }
  });
  drawing.addEventListener('pointercancel', cancel);
}

export function addBrush() {
  for (const drawing of document.querySelectorAll('svg.histogram')) {
    if (drawing instanceof SVGSVGElement && !drawing.hasAttribute('data-brushed')) {
      drawing.setAttribute('data-brushed', '');
      brush(drawing);
    }
  }
}
