// Makes the result page live: puts each tally where the server had put the first. What decides stands in data attributes:
// the words may be a translator's by now.
'use strict';

(() => {
  // People who listen to the page are told of new numbers at most this often.
  const ANNOUNCE_MS = 10000;

  const SIGNS = {
    live: 'Live',
    behind: 'Waiting for the database…',
    lost: 'Reconnecting…',
  };
  const STATES = { 'not-yet-open': 'wordsBefore', open: 'wordsOpen', closed: 'wordsClosed' };

  const rows = document.getElementById('rows');
  const number = new Intl.NumberFormat('en');

  const votes = (count) => `${number.format(count)} ${count === 1 ? 'vote' : 'votes'}`;
  const totalOf = (tally) => (tally.total === 0 ? 'No votes yet' : votes(tally.total));
  const percentOf = (option) => (option.percent === null ? '' : `${option.percent.toFixed(1)}%`);

  // What is shown

  const written = new WeakMap();

  const put = (element, text) => {
    if (written.get(element) !== text) {
      written.set(element, text);
      element.textContent = text;
    }
  };

  const rowOf = (key) => rows.querySelector(`[data-option="${CSS.escape(key)}"]`);

  const hasRowsFor = (tally) =>
    rows !== null && rows.children.length === tally.options.length && tally.options.every((option) => rowOf(option.key));

  const hasTimesOf = (tally) => {
    const times = document.getElementById('state').dataset;
    return times.opens === (tally.opens || '') && times.closes === (tally.closes || '');
  };

  const showState = (state) => {
    const element = document.getElementById('state');
    if (element.dataset.state !== state) {
      element.dataset.state = state;
      put(element, element.dataset[STATES[state]]);
    }
  };

  const showTally = (tally) => {
    put(document.getElementById('question'), tally.question);
    put(document.getElementById('total'), totalOf(tally));
    // While servers are rolled, an older one may stream to the page of a newer one, and says less.
    if (tally.state) {
      showState(tally.state);
    }
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

  // What comes

  let lastData = null;

  const takeTally = (data) => {
    const tally = JSON.parse(data);
    if (!hasRowsFor(tally) || !hasTimesOf(tally)) {
      // The page is of another poll, of other times, or of none: the server makes a new one.
      source.leave();
      setTimeout(() => location.reload(), 1000 * Math.random());
      return;
    }
    showTally(tally);
    if (lastData !== null) {
      announce(tally);
    }
    lastData = data;
  };

  const source = window.tallySource.follow({ stream: 'api/results/stream', results: 'api/results' }, (data, sign) => {
    if (sign !== null) {
      showSign(sign);
    }
    if (data !== null && data !== lastData) {
      takeTally(data);
    }
  });

  // The page need not ask for itself again.
  document.documentElement.dataset.script = 'runs';
})();
