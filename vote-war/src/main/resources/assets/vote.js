// Makes the voting page live: the button's words, one post at a time, times of this browser, and a look at the poll every few
// seconds. Without it the page works. What decides stands in data attributes: the words may be a translator's by now.
'use strict';

(() => {
  const ballot = document.querySelector('.ballot');
  const form = ballot.querySelector('form');
  let posting = 0;

  // The ballot

  // Longer than any answer takes. No event tells that a voter has stopped the post.
  const POSTING_MS = 20000;
  const KEPT = `choice:${ballot.dataset.poll}`;

  // A browser that blocks cookies throws instead.
  const storage = (() => {
    try {
      return window.sessionStorage;
    } catch (blocked) {
      return {};
    }
  })();

  const startBallot = () => {
    const button = form.querySelector('button');
    const plainWords = button.textContent;
    const wordsFor = form.querySelector('template').content;
    const chosen = () => form.querySelector('input:checked');

    const showWords = () => {
      const input = chosen();
      const plain = input === null || (form.dataset.retry === 'true' && input.defaultChecked);
      button.textContent = plain ? plainWords : '';
      if (!plain) {
        const sentence = wordsFor.cloneNode(true);
        sentence.querySelector('strong').textContent = input.closest('.option').querySelector('.label').textContent;
        button.appendChild(sentence);
      }
    };

    const rest = () => {
      clearTimeout(posting);
      posting = 0;
      button.removeAttribute('aria-disabled');
      showWords();
    };

    form.addEventListener('change', () => {
      storage[KEPT] = chosen().value;
      if (posting === 0) {
        showWords();
      }
    });

    form.addEventListener('submit', (event) => {
      if (posting !== 0) {
        event.preventDefault();
        return;
      }
      posting = setTimeout(rest, POSTING_MS);
      delete storage[KEPT];
      button.setAttribute('aria-disabled', 'true');
      button.textContent = button.dataset.busy;
    });

    // The back/forward cache brings the page as it was left.
    addEventListener('pageshow', rest);

    const kept = Array.from(form.elements.vote).find((input) => input.value === storage[KEPT]);
    if (kept !== undefined) {
      kept.checked = true;
      if (kept.closest('details') !== null) {
        kept.closest('details').open = true;
      }
    }
  };

  // The voter's code

  // A link brings it behind '#', which no browser sends to a server, and so into no log. It waits here while the poll is not open.
  const CODE = `code:${location.pathname}`;

  const takeCode = () => {
    const brought = location.hash.match(/^#((?:[0-9a-z]{6}-){2}[0-9a-z]{6})$/i);
    if (ballot.dataset.view === 'RECEIPT') {
      delete storage[CODE];
    }
    if (brought !== null) {
      storage[CODE] = brought[1];
      history.replaceState(null, '', location.pathname + location.search);
    }
    const input = ballot.querySelector('#code');
    if (input !== null && storage[CODE] !== undefined && (brought !== null || input.value === '')) {
      input.value = storage[CODE];
    }
  };

  addEventListener('hashchange', takeCode);

  // Times

  const HOUR_S = 3600;
  const times = Array.from(ballot.querySelectorAll('time'));

  const secondsTo = (time) => words.secondsTo(new Date(time.dateTime));

  const inWords = (time) => {
    const at = new Date(time.dateTime);
    const left = secondsTo(time);
    if (time.dataset.in !== undefined && left < HOUR_S) {
      return words.fill(time.dataset.in, words.countdown(left));
    }
    return words.isToday(at) ? words.fill(time.dataset.today, words.clock(at)) : words.fill(time.dataset.on, words.dayAndClock(at));
  };

  const showTimes = () => {
    for (const time of times) {
      const text = inWords(time);
      if (time.textContent !== text) {
        time.textContent = text;
      }
    }
  };

  // When to try again. Whoever changes the network need not wait, so the button stays as it is.

  const busy = ballot.querySelector('.busy');

  const countDown = (from) => {
    const left = Math.ceil(busy.dataset.seconds - (Date.now() - from) / 1000);
    if (left > 0) {
      busy.textContent = words.plural(busy.dataset.words, left);
      setTimeout(countDown, 1000, from);
    } else {
      busy.setAttribute('aria-live', 'assertive');
      busy.textContent = busy.dataset.now;
    }
  };

  if (busy !== null) {
    // Nothing moves when the sentence gets shorter, and nobody has to hear each second.
    busy.style.minHeight = `${busy.offsetHeight}px`;
    busy.setAttribute('aria-live', 'off');
    setTimeout(countDown, 1000, Date.now());
  }

  // Opening, closing and a new poll

  const WAITING = ['BALLOT', 'BEFORE'].includes(ballot.dataset.view);
  const EVERY_MS = WAITING ? 5000 : 20000;
  const SLOWEST_MS = 60000;
  const LIMIT_MS = 5000;
  // Everybody's page sees the same moment of opening; their requests come spread over this time.
  const SPREAD_MS = 2000;

  let known;
  let failures = 0;
  let next = 0;

  const askIn = (milliseconds) => {
    clearTimeout(next);
    next = document.hidden ? 0 : setTimeout(ask, milliseconds);
  };

  const askLater = () => askIn(Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS) * (0.75 + Math.random() / 2));
  const askSoon = () => askIn(Math.random() * SPREAD_MS);

  const look = async () => {
    const abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), LIMIT_MS);
    try {
      const sent = Date.now();
      const answer = await fetch(ballot.dataset.api, { cache: 'no-store', signal: abort.signal });
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      const newest = await answer.text();
      // The header counts whole seconds; the answer came half of the way ago.
      words.setNow(Date.parse(answer.headers.get('Date')) + 500 + (Date.now() - sent) / 2);
      showTimes();
      // A room without a poll on stage has neither.
      const { poll = '', open = false } = JSON.parse(newest);
      const isOther = known !== undefined && newest !== known;
      known = newest;
      return isOther || poll !== ballot.dataset.poll || open !== (ballot.dataset.state === 'OPEN');
    } finally {
      clearTimeout(limit);
    }
  };

  const ask = async () => {
    try {
      const changed = await look();
      failures = 0;
      // Not a reload: that would post a refused vote again. Not while a vote is on its way: that would end its post.
      if (changed && posting === 0) {
        location.replace(ballot.dataset.page);
      }
    } catch (unreachable) {
      failures++;
    }
    askLater();
  };

  document.addEventListener('visibilitychange', askSoon);

  const tick = () => {
    const before = times.some((time) => secondsTo(time) > 0 && secondsTo(time) <= 1);
    showTimes();
    if (before) {
      setTimeout(askSoon, 1000);
    }
  };

  ballot.querySelector('.address').textContent = location.host + location.pathname;
  if (form !== null) {
    startBallot();
  }
  takeCode();
  showTimes();
  document.documentElement.dataset.script = 'runs';
  if (times.some((time) => time.dataset.in !== undefined)) {
    setInterval(tick, 1000);
    askSoon();
  } else {
    askLater();
  }
  // What happened to a further vote is told once: a reload shows the receipt alone.
  if (location.search.startsWith('?again=')) {
    history.replaceState(null, '', location.pathname);
  }
  // Browsers before 2023 focus no heading by the attribute.
  const first = ballot.querySelector('[autofocus]');
  if (first !== null && document.activeElement === document.body) {
    first.focus();
  }
})();
