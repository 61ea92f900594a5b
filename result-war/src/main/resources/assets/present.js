// Makes present mode live, fits it to the screen, and gives it its buttons and keys. What decides stands in data attributes.
'use strict';

(() => {
  const { results, stream } = document.currentScript.dataset;
  const { scoreboard, tallySource, words } = window;
  const { put } = scoreboard;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const stage = at('stage');
  const texts = stage === null ? {} : stage.dataset;

  // People cannot read faster.
  const SHOW_MS = 500;
  const IDLE_MS = 3000;
  const REVEAL_MS = 1200;
  const LAST_SECONDS = 10;
  const COUNTDOWN_SECONDS = 86400;
  const SMALLEST_FIT = 0.3;

  const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

  // Storage may be denied, as in a private window: then a choice holds for this page only.
  const recall = (name) => {
    try {
      return localStorage.getItem(name);
    } catch (denied) {
      return null;
    }
  };

  const remember = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch (denied) {
      // As above.
    }
  };

  // Labels as large as the screen allows

  const fits = () => at('rows').scrollHeight <= at('rows').clientHeight + 1;

  const fit = () => {
    root.dataset.fits = 'true';
    const address = stage.querySelector('.address > strong');
    if (address !== null) {
      root.style.setProperty('--fit-address', 1);
      root.style.setProperty('--fit-address', Math.min(1, address.clientWidth / address.scrollWidth));
    }
    for (let size = 1; size >= SMALLEST_FIT; size -= 0.05) {
      root.style.setProperty('--fit', size.toFixed(2));
      if (fits()) {
        return;
      }
    }
  };

  // The tally

  const rows = at('rows');
  let tally = null;
  let byVotes = null;

  const rowOf = (key) => rows.querySelector(`[data-option="${CSS.escape(key)}"]`);

  const hasRowsFor = (next) =>
    stage !== null && texts.poll === next.poll && rows.children.length === next.options.length && next.options.every((option) => rowOf(option.key));

  const hasTimesOf = (next) => texts.opens === (next.opens || '') && texts.closes === (next.closes || '');

  const isByVotes = () => (byVotes === null ? scoreboard.phaseOf(tally) === 'final' : byVotes);

  const order = () =>
    isByVotes() && !tally.hidden ? [...tally.options].sort((one, other) => other.votes - one.votes) : tally.options;

  // Each row glides from its old place to its new one.
  const arrange = () => {
    const arranged = order().map((option) => rowOf(option.key));
    if (arranged.every((row, position) => row === rows.children[position])) {
      return;
    }
    const before = arranged.map((row) => row.offsetTop);
    rows.append(...arranged);
    if (!isCalm()) {
      arranged.forEach((row, position) => {
        row.animate([{ transform: `translateY(${before[position] - row.offsetTop}px)` }, { transform: 'none' }], {
          duration: 500,
          easing: 'cubic-bezier(.2, .8, .2, 1)',
        });
      });
    }
  };

  // The bars grow anew, the leaders' last.
  const reveal = () => {
    if (isCalm()) {
      return;
    }
    for (const row of rows.children) {
      const leads = row.dataset.leads === 'true';
      row.querySelector('.share').animate([{ transform: 'scaleX(0)' }, { transform: 'none' }], {
        delay: leads ? REVEAL_MS / 3 : 0,
        duration: leads ? (REVEAL_MS * 2) / 3 : REVEAL_MS / 2,
        easing: 'cubic-bezier(.2, .8, .2, 1)',
        fill: 'backwards',
      });
    }
  };

  const showRows = (leaders) => {
    const percents = scoreboard.percentsOf(tally);
    const mark = scoreboard.phaseOf(tally) === 'final' ? texts.winnerMark : texts.leadingMark;
    texts.tie = leaders.length > 1;
    tally.options.forEach((option, position) => {
      const row = rowOf(option.key);
      const percent = percents.values[position];
      row.dataset.leads = leaders.includes(option);
      put(row.querySelector('.label'), option.label);
      put(row.querySelector('.votes'), words.plural(texts.votes, option.votes));
      put(row.querySelector('.percent'), percent === null ? '' : words.percent(percent, percents.digits));
      put(row.querySelector('.mark-word'), mark);
      row.querySelector('.share').setAttribute('width', `${option.percent || 0}%`);
    });
  };

  const showVerdict = (leaders) => {
    const winner = leaders.length === 1 ? leaders[0] : { key: '', label: '' };
    at('winner').dataset.option = winner.key;
    at('winner').dataset.long = winner.label.length > 24;
    put(at('winner-word'), [texts.finalNone, texts.finalWinner][leaders.length] || texts.finalTie);
    put(at('winner-label'), winner.label);
  };

  const showPhase = (phase) => {
    const before = texts.phase;
    const isRevealed = texts.hidden === 'true' && !tally.hidden;
    texts.phase = phase;
    texts.hidden = tally.hidden;
    put(at('outcome'), phase === 'final' ? texts.final : tally.isOver ? texts.closed : texts.counting);
    if (before === 'open' && phase !== 'open') {
      showCode(false);
    }
    if (isRevealed || (before === 'open' && phase !== 'open' && !tally.hidden)) {
      reveal();
    }
    if (before !== phase || isRevealed || !fits()) {
      fit();
    }
  };

  const showNumbers = () => {
    const leaders = scoreboard.leadersOf(tally);
    put(at('later'), '');
    showRows(leaders);
    showVerdict(leaders);
  };

  const showTally = () => {
    const phase = scoreboard.phaseOf(tally);
    put(at('question'), tally.question);
    put(at('total'), words.number(tally.total));
    put(at('votes'), words.plural(at('votes').dataset.words, tally.total));
    if (!tally.hidden) {
      showNumbers();
    } else if (phase === 'counting' && tally.results !== 'organiser') {
      put(at('later'), texts.hiddenCounting);
    }
    press('sort', isByVotes());
    arrange();
    showPhase(phase);
    showTime();
    document.title = `${tally.question} – ${phase === 'final' ? texts.final : words.plural(texts.votes, tally.total)}`;
  };

  // The time

  const secondsTo = (time) => (time === '' ? Infinity : words.secondsTo(new Date(time)));
  const on = (pattern, time) => words.fill(pattern, words.day(new Date(time)), words.clock(new Date(time)));

  const showTime = () => {
    const { phase, opens, closes } = texts;
    const wait = secondsTo(opens);
    const left = secondsTo(closes);
    const counts = left <= COUNTDOWN_SECONDS;
    texts.last = phase === 'open' && left <= LAST_SECONDS;
    at('clock').hidden = !counts;
    at('closes').hidden = counts;
    if (phase === 'before' && opens !== '') {
      put(at('opens'), wait <= COUNTDOWN_SECONDS ? words.fill(texts.opensIn, words.countdown(wait)) : on(texts.opensDay, opens));
    } else if (counts) {
      put(at('left'), words.countdown(left));
    } else if (closes !== '') {
      put(at('closes'), on(texts.closesDay, closes));
    }
  };

  // Whether the numbers are fresh

  let freshAt = new Date();

  const showSign = (sign) => {
    if (sign === 'live') {
      freshAt = new Date();
    }
    put(at('sign'), { live: '', behind: texts.behind, lost: words.fill(texts.lost, words.clock(freshAt)) }[sign]);
  };

  // What comes

  let lastData = null;
  let shownAt = -Infinity;
  let drawing = 0;

  const draw = () => {
    drawing = 0;
    shownAt = Date.now();
    showTally();
  };

  const takeTally = (data) => {
    tally = scoreboard.read(data);
    const wait = shownAt + SHOW_MS - Date.now();
    if (!hasRowsFor(tally) || !hasTimesOf(tally) || (tally.hidden && texts.hidden === 'false')) {
      // The page is of another poll, of other times, or of none, or shows what is hidden now: the server makes a new one.
      source.leave();
      clearTimeout(drawing);
      setTimeout(() => location.reload(), 1000 * Math.random());
    } else if (wait <= 0) {
      draw();
    } else if (drawing === 0) {
      drawing = setTimeout(draw, wait);
    }
  };

  const source = tallySource.follow({ stream, results }, (data, sign) => {
    if (sign !== null && stage !== null) {
      showSign(sign);
    }
    if (data !== null && data !== lastData) {
      lastData = data;
      takeTally(data);
    }
  });

  // The buttons and their keys

  const help = at('help');
  const button = (act) => document.querySelector(`[data-act="${act}"]`);
  const press = (act, pressed) => button(act) && button(act).setAttribute('aria-pressed', pressed);

  function showCode(large) {
    const shown = large && button('code') !== null && (texts.phase === 'before' || texts.phase === 'open');
    root.dataset.view = shown ? 'code' : '';
    press('code', shown);
    fit();
  }

  const showScheme = (scheme) => {
    root.dataset.scheme = scheme;
    press('light', scheme === 'light');
  };

  const acts = {
    full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    code: () => showCode(root.dataset.view !== 'code'),
    sort: () => {
      if (tally !== null) {
        byVotes = !isByVotes();
        press('sort', byVotes);
        arrange();
      }
    },
    light: () => {
      showScheme(root.dataset.scheme === 'light' ? 'dark' : 'light');
      remember('present-scheme', root.dataset.scheme);
    },
    help: () => (help.open ? help.close() : help.showModal()),
  };
  const KEYS = { f: 'full', q: 'code', s: 'sort', l: 'light', '?': 'help', '؟': 'help' };

  // On a keyboard of another script, the key at the same place counts.
  const keyOf = (event) =>
    KEYS[event.key] !== undefined || /^[\x20-\x7f]*$/.test(event.key)
      ? event.key.toLowerCase()
      : event.code.replace(/^Key/, '').toLowerCase();

  // The organiser's page may show this one in a frame. What steers the poll, and the screen, is that page's.
  const ORGANISER_KEYS = ['r', 'o', 'f', 'arrowleft', 'arrowright'];
  const organiser = window.parent === window || !texts.organiser ? null : new URL(texts.organiser).origin;

  const tellOrganiser = (news) => {
    if (organiser !== null) {
      window.parent.postMessage(news, organiser);
    }
  };

  // Whether somebody wanted this of the key.
  const useKey = (key) => {
    const act = KEYS[key];
    if (!at('keys').checked || (help.open && act !== 'help')) {
      return false;
    }
    if (organiser !== null && ORGANISER_KEYS.includes(key)) {
      tellOrganiser({ key });
      return true;
    }
    if (act === undefined || button(act) === null) {
      return false;
    }
    acts[act]();
    return true;
  };

  const takeKey = (event) => {
    if (event.key === 'Escape') {
      showCode(false);
    } else if (!(event.ctrlKey || event.altKey || event.metaKey || event.repeat) && useKey(keyOf(event))) {
      event.preventDefault();
    }
  };

  const obeyOrganiser = () => {
    for (const line of document.querySelectorAll('[data-for="organiser"]')) {
      line.hidden = false;
    }
    window.addEventListener('message', (event) => {
      if (event.source === window.parent && event.origin === organiser) {
        wake();
        useKey(String(event.data.key));
      }
    });
  };

  let idle = 0;
  let place = '';

  // A browser may tell of a move where only the page moved under the pointer.
  const takeMove = (event) => {
    const next = `${event.screenX} ${event.screenY}`;
    if (next !== place) {
      place = next;
      wake();
    }
  };

  const wake = () => {
    delete root.dataset.idle;
    tellOrganiser({ idle: false });
    clearTimeout(idle);
    idle = setTimeout(() => {
      root.dataset.idle = 'true';
      tellOrganiser({ idle: true });
    }, IDLE_MS);
  };

  const setUp = () => {
    at('keys').checked = recall('present-keys') !== 'off';
    at('keys').addEventListener('change', () => remember('present-keys', at('keys').checked ? 'on' : 'off'));
    showScheme(recall('present-scheme') === 'light' ? 'light' : 'dark');
    if (organiser !== null) {
      obeyOrganiser();
    }
    if (!document.fullscreenEnabled) {
      button('full').remove();
    }
    for (const control of document.querySelectorAll('[data-act]')) {
      control.addEventListener('click', acts[control.dataset.act]);
    }
    // A click by mouse leaves the focus where it is: the buttons stay only for a focus that came by keyboard.
    at('controls').addEventListener('mousedown', (event) => event.preventDefault());
    document.addEventListener('fullscreenchange', () => press('full', document.fullscreenElement !== null));
    document.addEventListener('keydown', takeKey);
    document.addEventListener('pointermove', takeMove);
    for (const sign of ['pointerdown', 'keydown', 'focusin']) {
      document.addEventListener(sign, wake);
    }
    window.addEventListener('resize', fit);
    setInterval(showTime, 250);
    wake();
    fit();
    words.setNowByPage(texts.now);
    showTime();
  };

  if (stage !== null) {
    setUp();
  }
  // The page need not ask for itself again.
  root.dataset.script = 'runs';
})();
