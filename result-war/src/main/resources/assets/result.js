// Makes the result page live: takes each tally from the event stream and puts it where the server had put the first.
'use strict';

(() => {
  // The server is never silent for more than 15 seconds; after this long the connection is dead, whatever it says.
  const SILENCE_MS = 35000;
  // A page that nobody sees gives its connection back after this long: a browser has only six for a host.
  const UNSEEN_MS = 60000;
  const FIRST_PAUSE_MS = 1000;
  const LONGEST_PAUSE_MS = 8000;
  // People who listen to the page are told of new numbers at most this often.
  const ANNOUNCE_MS = 10000;

  const SIGNS = {
    live: 'Live',
    behind: 'Waiting for the database…',
    lost: 'Reconnecting…',
  };

  const rows = document.getElementById('rows');
  const number = new Intl.NumberFormat('en');

  const votes = (count) => `${number.format(count)} ${count === 1 ? 'vote' : 'votes'}`;
  const totalOf = (tally) => (tally.total === 0 ? 'No votes yet' : votes(tally.total));
  const percentOf = (option) => (option.percent === null ? '' : `${option.percent.toFixed(1)}%`);

  const put = (element, text) => {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };

  // What is shown

  const rowOf = (key) => rows.querySelector(`[data-option="${CSS.escape(key)}"]`);

  const hasRowsFor = (tally) =>
    rows !== null && rows.children.length === tally.options.length && tally.options.every((option) => rowOf(option.key));

  const hasTimesOf = (tally) => {
    const times = document.getElementById('state').dataset;
    return times.opens === (tally.opens ?? '') && times.closes === (tally.closes ?? '');
  };

  const showState = (open) => {
    const state = document.getElementById('state');
    const wasOpen = state.textContent === state.dataset.open;
    if (open) {
      put(state, state.dataset.open);
    } else if (wasOpen) {
      put(state, state.dataset.closed);
    }
  };

  const showTally = (tally) => {
    put(document.getElementById('question'), tally.question);
    put(document.getElementById('total'), totalOf(tally));
    showState(tally.open);
    for (const option of tally.options) {
      const row = rowOf(option.key);
      put(row.querySelector('.label'), option.label);
      put(row.querySelector('.votes'), votes(option.votes));
      put(row.querySelector('.percent'), percentOf(option));
      row.querySelector('.share').setAttribute('width', percentOf(option) || '0%');
    }
    document.title = `${tally.question} – ${totalOf(tally)}`;
  };

  const showSign = (sign) => {
    const element = document.getElementById('sign');
    if (element !== null && (element.hidden || element.dataset.sign !== sign)) {
      element.dataset.sign = sign;
      element.hidden = false;
      put(element, SIGNS[sign]);
    }
  };

  // What is said to those who listen to the page

  let announcement = 0;
  let unsaid = null;

  const announce = (tally) => {
    unsaid = tally;
    if (announcement === 0) {
      announcement = setTimeout(() => {
        announcement = 0;
        const shares = unsaid.options.map((option) => `${option.label} ${percentOf(option) || votes(option.votes)}`);
        put(document.getElementById('news'), `${totalOf(unsaid)}. ${shares.join(', ')}.`);
      }, ANNOUNCE_MS);
    }
  };

  // Where it comes from

  let stream = null;
  let watchdog = 0;
  let retry = 0;
  let pause = FIRST_PAUSE_MS;
  let lastData = null;

  const disconnect = () => {
    clearTimeout(watchdog);
    clearTimeout(retry);
    if (stream !== null) {
      stream.close();
      stream = null;
    }
  };

  const lost = () => {
    disconnect();
    showSign('lost');
    // Chance keeps a thousand pages from coming back at the same moment.
    retry = setTimeout(connect, pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };

  const alive = () => {
    pause = FIRST_PAUSE_MS;
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, SILENCE_MS);
  };

  const takeTally = (event) => {
    alive();
    const tally = JSON.parse(event.data);
    if (!hasRowsFor(tally) || !hasTimesOf(tally)) {
      // The page is of another poll, of other times, or of none: the server makes a new one.
      disconnect();
      setTimeout(() => location.reload(), 1000 * Math.random());
      return;
    }
    showSign('live');
    if (event.data !== lastData) {
      showTally(tally);
      if (lastData !== null) {
        announce(tally);
      }
      lastData = event.data;
    }
  };

  const takeHeartbeat = (event) => {
    alive();
    showSign(event.data === 'behind' ? 'behind' : 'live');
  };

  function connect() {
    disconnect();
    stream = new EventSource('api/results/stream');
    stream.addEventListener('tally', takeTally);
    stream.addEventListener('heartbeat', takeHeartbeat);
    // A browser gives up for good on an answer such as 503, and elsewhere tries in its own time: this page does neither.
    stream.addEventListener('error', lost);
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, SILENCE_MS);
  }

  let unseen = 0;

  const seen = () => {
    clearTimeout(unseen);
    if (document.hidden) {
      unseen = setTimeout(disconnect, UNSEEN_MS);
    } else if (stream === null) {
      showSign('lost');
      pause = FIRST_PAUSE_MS;
      connect();
    }
  };

  document.addEventListener('visibilitychange', seen);
  window.addEventListener('online', seen);
  // A page that the browser kept while the reader was elsewhere comes back without its connection.
  window.addEventListener('pageshow', (event) => event.persisted && seen());
  window.addEventListener('pagehide', disconnect);

  connect();
  seen();

  // The page need not ask for itself again.
  document.documentElement.dataset.script = 'runs';
})();
