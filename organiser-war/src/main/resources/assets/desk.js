// The desk's own comfort: local times, the next option by Enter, what is long for a projector, copying, and votes as they come. Each
// page works without it.
'use strict';

(() => {
  const locale = `${document.documentElement.dataset.language}-u-nu-latn`;
  const seconds = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
  const LOOK_MS = 2000;
  // A page that nobody touches lets the log-in end.
  const UNTOUCHED_MS = 30 * 60 * 1000;
  let touched = Date.now();
  for (const touch of ['pointerdown', 'pointermove', 'keydown']) {
    document.addEventListener(touch, () => {
      touched = Date.now();
    });
  }

  const showLocalTimes = (root) => {
    for (const time of root.querySelectorAll('time[data-local]')) {
      const date = new Date(time.dateTime);
      if (!Number.isNaN(date.getTime())) {
        time.textContent = time.dataset.local === 'seconds' ? seconds.format(date) : words.dayAndClock(date);
      }
    }
  };

  // The page is asked for again while something is to come, and parts that differ are put in place.
  const parts = (root) => [...root.querySelectorAll('[data-part]')];
  const isMoving = () =>
    document.querySelector('[data-moving="true"]') !== null && Date.now() - touched < UNTOUCHED_MS;

  const take = (fresh) => {
    showLocalTimes(fresh);
    for (const part of parts(document)) {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (other && other.outerHTML !== part.outerHTML) {
        const { activeElement } = document;
        const value = part.contains(activeElement) ? activeElement.value : undefined;
        part.replaceWith(document.adoptNode(other));
        const again = [...other.querySelectorAll('button')].find((button) => value && button.value === value);
        if (again) {
          again.focus();
        }
      }
    }
  };

  const look = async () => {
    if (!document.hidden && isMoving()) {
      try {
        const response = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
        if (response.ok && !response.redirected) {
          take(new DOMParser().parseFromString(await response.text(), 'text/html'));
        } else if (response.redirected) {
          // The log-in has ended.
          window.location.reload();
          return;
        }
      } catch (unreachable) {
        // The next look may find it.
      }
    }
    window.setTimeout(look, LOOK_MS);
  };

  const copy = (button) => {
    button.hidden = !navigator.clipboard;
    const before = button.textContent;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      window.setTimeout(() => {
        button.textContent = before;
      }, LOOK_MS);
    });
  };

  const length = (text) => [...text.trim()].length;

  const count = (form, input) => {
    let note = input.parentElement.querySelector('.count');
    if (!note) {
      note = document.createElement('span');
      note.className = 'count';
      document.getElementById(input.getAttribute('aria-describedby')).append(note);
    }
    const far = input.dataset.far && length(input.value) >= Number(input.dataset.far);
    const near = length(input.value) > Number(input.dataset.most) / 2;
    note.dataset.over = length(input.value) > Number(input.dataset.most);
    note.textContent = [
      far ? form.dataset.long : '',
      far || near ? `${words.number(length(input.value))}/${words.number(Number(input.dataset.most))}` : '',
    ]
      .filter((one) => one)
      .join(' · ');
  };

  const FEWEST = 2;

  const options = (form) => {
    const rows = [...form.querySelectorAll('.option')];
    const input = (row) => row.querySelector('input');
    const add = form.querySelector('#add');
    let shown = Math.max(FEWEST, ...rows.map((row, at) => (input(row).value ? at + 1 : 0)));
    const show = () => {
      rows.forEach((row, at) => {
        row.hidden = at >= shown;
      });
      add.hidden = shown >= rows.length;
    };
    const next = (at) => {
      if (at + 1 >= shown && shown < rows.length) {
        shown += 1;
        show();
      }
      if (at + 1 < shown) {
        input(rows[at + 1]).focus();
      }
    };
    rows.forEach((row, at) =>
      input(row).addEventListener('keydown', (event) => {
        // Not the Enter that ends a word of an input method.
        if (event.key === 'Enter' && !event.isComposing) {
          event.preventDefault();
          next(at);
        }
      }),
    );
    add.addEventListener('click', () => next(shown - 1));
    show();
  };

  // Fields have no zone: the browser's own is put in, and told to the server.
  const local = (form) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const note = form.querySelector('#zone-note');
    if (!timeZone || !note) {
      return;
    }
    for (const field of form.querySelectorAll('input[type="datetime-local"]')) {
      if (field.value) {
        const time = new Date(`${field.value}Z`);
        const two = (number) => String(number).padStart(2, '0');
        field.value =
          `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}` +
          `T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
      }
    }
    form.querySelector('#zone').value = timeZone;
    note.textContent = words.fill(note.dataset.zone, timeZone.replace(/_/g, ' '));
  };

  const form = document.getElementById('poll-form');
  if (form) {
    form.querySelectorAll('input[data-most]').forEach((input) => {
      input.addEventListener('input', () => count(form, input));
      count(form, input);
    });
    if (form.dataset.fixed !== 'true') {
      options(form);
    }
    local(form);
  }
  document.querySelectorAll('[data-copy]').forEach(copy);
  const print = document.getElementById('print');
  if (print) {
    print.hidden = false;
    print.addEventListener('click', () => window.print());
  }
  showLocalTimes(document);
  if (parts(document).length > 0) {
    window.setTimeout(look, LOOK_MS);
  }
})();
