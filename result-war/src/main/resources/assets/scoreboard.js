// What the result page and present mode say about a tally, in window.scoreboard. The server says the same: Standing.java.
'use strict';

window.scoreboard = (() => {
  const written = new WeakMap();

  // As a translator may have replaced the text, what this script wrote last decides.
  const put = (element, text) => {
    if (written.get(element) !== text) {
      written.set(element, text);
      element.textContent = text;
    }
  };

  // The tally in a document, or what is told of a hidden one: how many votes there are, and for no option. A hidden one is not
  // called final before it shows.
  const read = (data) => {
    const tally = JSON.parse(data);
    const hidden = tally.voters !== undefined;
    return Object.assign(
      tally,
      { hidden },
      hidden ? { total: tally.voters, final: false, isOver: tally.final } : {},
    );
  };

  // 'before', 'open', 'counting' (closed, and the last votes are being counted) or 'final'.
  const phaseOf = (tally) => {
    if (tally.final) {
      return 'final';
    }
    return { 'not-yet-open': 'before', open: 'open', closed: 'counting' }[tally.state];
  };

  // The options with the most votes: none without votes, several in a tie.
  const leadersOf = (tally) => {
    const most = Math.max(...tally.options.map((option) => option.votes));
    return tally.options.filter((option) => most > 0 && option.votes === most);
  };

  // Whole percents by the largest remainder, from tenths that are equal where the votes are; null where equal ones would differ.
  const wholeOf = (tenths) => {
    const down = tenths.map((tenth) => Math.floor(tenth / 10));
    let left = 100 - down.reduce((sum, whole) => sum + whole, 0);
    const up = new Set();
    const byRemainder = [...new Set(tenths)].sort((one, other) => (other % 10) - (one % 10) || other - one);
    for (const value of byRemainder) {
      if (left > 0) {
        up.add(value);
        left -= tenths.filter((tenth) => tenth === value).length;
      }
    }
    return left === 0 ? down.map((whole, at) => whole + Number(up.has(tenths[at]))) : null;
  };

  // Each option's percent, in the tally's order, and how many decimals all of them have: none where whole percents sum to
  // 100 and tell the leaders from the others, else one. No percents without votes.
  const percentsOf = (tally) => {
    if (tally.total === 0) {
      return { digits: 0, values: tally.options.map(() => null) };
    }
    const tenths = tally.options.map((option) => Math.round(option.percent * 10));
    const whole = wholeOf(tenths);
    const isMost = (values) => values.filter((value) => value === Math.max(...values)).length;
    return whole !== null && isMost(whole) === isMost(tenths)
      ? { digits: 0, values: whole }
      : { digits: 1, values: tenths.map((tenth) => tenth / 10) };
  };

  // As asked while votes come, so that nothing jumps; by votes once the tally is final.
  const orderOf = (tally) =>
    phaseOf(tally) === 'final' ? [...tally.options].sort((one, other) => other.votes - one.votes) : tally.options;

  return { put, read, phaseOf, leadersOf, percentsOf, orderOf };
})();
