// Makes the result page live: puts each tally where the server had put the first. State stands in data attributes, since the
// words may be a translator's by now.
'use strict';

(() => {
  const { results, stream } = document.currentScript.dataset;
  const { scoreboard, tallySource } = window;
  const { put } = scoreboard;
  const { clock, countdown, day, fill, isToday, percent, plural, secondsTo, setNowByPage } = window.words;

  const DRAWN_MS = 500;
  // People who listen to the page hear of new numbers at most this often.
  const SUMMARY_MS = 30000;
  const COUNTDOWN_SECONDS = 600;

  const byId = (id) => document.getElementById(id);
  const page = byId('result');
  const rows = byId('rows');
  const texts = page === null ? {} : page.dataset;

  let newest = null;
  let sign = 'live';
  let fresh = new Date();
  let paused = false;
  let counting = false;

  const rowOf = (key) => rows.querySelector(`[data-option="${CSS.escape(key)}"]`);

  // What is said to those who listen

  let summary = 0;
  let summarized = Date.now();

  const say = (text) => put(byId('news'), text);

  const leaderOf = (tally) => {
    const { digits, values } = scoreboard.percentsOf(tally);
    const leader = scoreboard.leadersOf(tally)[0];
    return [leader.label, percent(values[tally.options.indexOf(leader)], digits)];
  };

  const sentence = (tally, one, tie, none) => {
    const leaders = scoreboard.leadersOf(tally).length;
    if (leaders === 0) {
      return none;
    }
    return leaders > 1 ? plural(tie, tally.total) : plural(one, tally.total, ...leaderOf(tally));
  };

  const saySummary = () => {
    summary = 0;
    summarized = Date.now();
    if (!paused) {
      say(newest.hidden ? totalOf(newest) : sentence(newest, texts.newsLeads, texts.newsTie, texts.none));
    }
  };

  const sayNumbers = () => {
    if (summary === 0) {
      summary = setTimeout(saySummary, Math.max(0, summarized + SUMMARY_MS - Date.now()));
    }
  };

  const sayPhase = (phase) => {
    clearTimeout(summary);
    summary = 0;
    if (phase === 'open') {
      say(texts.newsOpened);
    } else if (phase === 'counting') {
      say(counting ? `${texts.closed} ${texts.countingSign}` : texts.closed);
    } else if (phase === 'final') {
      say(sentence(newest, texts.newsWinner, texts.newsFinalTie, texts.newsFinalNone));
    }
  };

  // What is shown

  const totalOf = (tally) =>
    tally.total === 0 && scoreboard.phaseOf(tally) !== 'final' ? texts.none : plural(texts.votes, tally.total);

  const fillWhen = (date, patterns) => {
    const seconds = secondsTo(date);
    if (seconds <= COUNTDOWN_SECONDS) {
      return fill(patterns.in, countdown(seconds));
    }
    return isToday(date)
      ? fill(patterns.today, clock(date))
      : fill(patterns.day, day(date), clock(date));
  };

  const showWhen = () => {
    const when = byId('when');
    const { opens, opensIn, opensToday, opensDay, opensWaiting, closes, closesIn, closesToday, closesDay } = when.dataset;
    if (texts.phase === 'before' && opens) {
      when.dateTime = opens;
      put(when, fillWhen(new Date(opens), { in: opensIn, today: opensToday, day: opensDay }));
    } else if (texts.phase === 'open' && closes) {
      when.dateTime = closes;
      put(when, fillWhen(new Date(closes), { in: closesIn, today: closesToday, day: closesDay }));
    } else {
      put(when, texts.phase === 'before' ? opensWaiting : '');
    }
  };

  const showSign = () => {
    const element = byId('sign');
    const shown = paused ? 'paused' : counting && sign === 'live' ? 'counting' : sign;
    element.dataset.sign = shown;
    put(
      element,
      {
        live: texts.live,
        counting: texts.countingSign,
        behind: texts.behind,
        lost: fill(texts.lost, clock(fresh)),
        paused: texts.pausedSign,
      }[shown],
    );
  };

  const showRows = (tally) => {
    const leaders = scoreboard.leadersOf(tally);
    const { digits, values } = scoreboard.percentsOf(tally);
    const mark = texts.phase === 'final' ? texts.winnerMark : texts.leadingMark;
    page.dataset.tie = leaders.length > 1;
    tally.options.forEach((option, at) => {
      const row = rowOf(option.key);
      row.dataset.leads = leaders.includes(option);
      put(row.querySelector('.label'), option.label);
      put(row.querySelector('.votes'), plural(texts.votes, option.votes));
      put(row.querySelector('.percent'), values[at] === null ? '' : percent(values[at], digits));
      put(row.querySelector('.mark-word'), mark);
      row.querySelector('.share').setAttribute('width', `${option.percent || 0}%`);
    });
  };

  const showVerdict = (tally) => {
    const leaders = scoreboard.leadersOf(tally);
    const winner = leaders.length === 1 ? leaders[0] : null;
    byId('verdict').dataset.option = winner === null ? '' : winner.key;
    put(byId('verdict-word'), [texts.finalNone, texts.finalWinner][leaders.length] || texts.finalTie);
    put(byId('verdict-label'), winner === null ? '' : winner.label);
  };

  const showPhase = (phase) => {
    page.dataset.phase = phase;
    put(byId('phase'), { before: '', open: texts.open, counting: texts.closed, final: texts.final }[phase]);
  };

  const showHidden = (tally, phase) => {
    if (phase === 'counting' && tally.results !== 'organiser') {
      put(byId('later'), texts.hiddenCounting);
    }
  };

  const reveal = () => {
    page.dataset.hidden = false;
    byId('numbers').dataset.hidden = false;
    put(byId('later'), '');
  };

  // In one movement, and by no more elements than move.
  const arrange = (tally, tops) => {
    const ordered = scoreboard.orderOf(tally).map((option) => rowOf(option.key));
    if (ordered.every((row, at) => row === rows.children[at])) {
      return;
    }
    rows.append(...ordered);
    if (rows.animate && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      for (const row of ordered) {
        const way = tops.get(row) - row.getBoundingClientRect().top;
        row.animate([{ transform: `translateY(${way}px)` }, { transform: 'none' }], { duration: 600, easing: 'cubic-bezier(.2,.8,.2,1)' });
      }
    }
  };

  const isHidden = (element) =>
    element.getClientRects().length === 0 || getComputedStyle(element).visibility === 'hidden';

  const showTally = (tally) => {
    const phase = scoreboard.phaseOf(tally);
    const isNews = phase !== texts.phase;
    const isRevealed = texts.hidden === 'true' && !tally.hidden;
    const focused = document.activeElement;
    const tops = new Map([...rows.children].map((row) => [row, row.getBoundingClientRect().top]));
    counting = phase === 'counting' && !tally.isOver;
    showPhase(phase);
    put(byId('question'), tally.question);
    put(byId('total'), totalOf(tally));
    showWhen();
    showSign();
    if (tally.hidden) {
      showHidden(tally, phase);
    } else {
      reveal();
      showRows(tally);
      if (phase === 'final') {
        showVerdict(tally);
      }
      arrange(tally, tops);
    }
    document.title = `${tally.question} – ${phase === 'final' ? texts.final : totalOf(tally)}`;
    if (isNews) {
      sayPhase(phase);
    } else if (isRevealed) {
      clearTimeout(summary);
      saySummary();
    }
    // Who was at an element that moved or went away stays on the page.
    if (focused !== document.body && focused !== null) {
      (isHidden(focused) ? document.querySelector('h1') : focused).focus({ preventScroll: true });
    }
  };

  // What comes

  let shownData = null;
  let shownAt = -Infinity;
  let drawing = 0;
  let newestData = null;

  const hasRowsFor = (tally) =>
    page !== null && texts.poll === tally.poll && rows.children.length === tally.options.length && tally.options.every((option) => rowOf(option.key));

  const hasTimesOf = (tally) => {
    const { opens, closes } = byId('when').dataset;
    return [opens, closes, texts.ballotsDeleted].join() === [tally.opens, tally.closes, tally.ballotsDeleted].join();
  };

  const draw = () => {
    drawing = 0;
    if (paused || newestData === null || newestData === shownData) {
      return;
    }
    newest = scoreboard.read(newestData);
    if (!hasRowsFor(newest) || !hasTimesOf(newest) || (newest.hidden && texts.hidden === 'false')) {
      // The page is of another poll, of other times, or of none, or shows what is hidden now: the server makes a new one.
      source.leave();
      setTimeout(() => location.reload(), 1000 * Math.random());
      return;
    }
    showTally(newest);
    if (shownData !== null && !newest.final) {
      sayNumbers();
    }
    shownData = newestData;
    shownAt = Date.now();
  };

  const drawInTime = () => {
    const wait = shownAt + DRAWN_MS - Date.now();
    if (wait <= 0) {
      draw();
    } else if (drawing === 0) {
      drawing = setTimeout(draw, wait);
    }
  };

  const takeSign = (next) => {
    const last = sign;
    sign = next;
    if (next === 'live') {
      fresh = new Date();
    }
    if (page === null) {
      return;
    }
    showSign();
    if (next !== last && !paused && texts.phase !== 'final') {
      say({ live: texts.newsFresh, behind: texts.behind, lost: texts.newsLost }[next]);
    }
  };

  const togglePause = () => {
    paused = !paused;
    page.dataset.paused = paused;
    put(byId('pause-word'), paused ? texts.resume : texts.pause);
    showSign();
    draw();
  };

  const source = tallySource.follow({ stream, results }, (data, next) => {
    newestData = data;
    if (next !== null) {
      takeSign(next);
    }
    drawInTime();
  });

  if (page !== null) {
    counting = byId('sign').dataset.sign === 'counting';
    sign = counting ? 'live' : byId('sign').dataset.sign;
    byId('pause').addEventListener('click', togglePause);
    setNowByPage(texts.now);
    showWhen();
    setInterval(showWhen, 1000);
  }

  // The page need not ask for itself again.
  document.documentElement.dataset.script = 'runs';
})();
