// Words, numbers and times in the page's language. Patterns come from the page (PageText.forScript), never from a script. Times
// run by the server's clock, which opens and closes the poll.
'use strict';

window.words = (() => {
  // Not the lang attribute: a translator changes it.
  const locale = `${document.documentElement.dataset.language}-u-nu-latn`;
  const numbers = new Intl.NumberFormat(locale, { useGrouping: 'always' });
  const rules = 'PluralRules' in Intl ? new Intl.PluralRules(locale) : { select: () => 'other' };
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const dayAndClock = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  let serverAheadMs = 0;

  const two = (number) => String(number).padStart(2, '0');
  const isSameDay = (one, other) => one.toDateString() === other.toDateString();
  const now = () => Date.now() + serverAheadMs;

  // What tells the time comes in whole seconds or late, so a small difference means nothing.
  const setNow = (milliseconds) => {
    if (Math.abs(milliseconds - now()) > 1000) {
      serverAheadMs = milliseconds - Date.now();
    }
  };

  // No line begins with AM or PM, or ends between day and month.
  const DAY = ['day', 'month'];
  const isBound = (before, after) =>
    [before, after].includes('dayPeriod') || (DAY.includes(before) && DAY.includes(after));

  const inWords = (format, date) =>
    format
      .formatToParts(date)
      .map(({ type, value }, at, parts) =>
        type === 'literal' && at > 0 && at + 1 < parts.length && isBound(parts[at - 1].type, parts[at + 1].type)
          ? value.replace(/ /g, '\u00a0')
          : value,
      )
      .join('');

  const percentsWith = (digits) =>
    new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
  const percents = [percentsWith(0), percentsWith(1)];

  const put = (pattern, values) => pattern.replace(/\{(\d)\}/g, (place, at) => values[at]);

  return {
    number: (number) => numbers.format(number),

    // Without digits: a tenth where there is one.
    percent: (percent, digits) =>
      percents[digits === undefined ? Number(!Number.isInteger(percent)) : digits].format(percent / 100),

    // A pattern with a plural: # is the number, {1} and on are further values.
    plural: (json, number, ...further) => {
      const variants = JSON.parse(json);
      const pattern = variants[`=${number}`] || variants[rules.select(number)] || variants.other;
      return put(pattern.replace(/#/g, numbers.format(number)), [numbers.format(number), ...further]);
    },

    // A pattern without one.
    fill: (json, ...values) => put(JSON.parse(json).other, values),

    // The server's time of this moment.
    setNow,

    // When the server made this page. A page that the browser had kept tells an old time.
    setNowByPage: (time) => {
      if (!performance.getEntriesByType('navigation').some((load) => load.transferSize === 0)) {
        setNow(Date.parse(time));
      }
    },

    secondsTo: (date) => (date - now()) / 1000,
    isToday: (date) => isSameDay(date, new Date(now())),
    clock: (date) => inWords(clock, date),
    day: (date) => inWords(date.getFullYear() === new Date(now()).getFullYear() ? day : dayOfYear, date),
    dayAndClock: (date) => inWords(dayAndClock, date),

    // 4:12, or 1:04:12 from an hour on.
    countdown: (seconds) => {
      const left = Math.max(0, Math.ceil(seconds));
      const minutes = Math.floor(left / 60);
      return minutes < 60
        ? `${minutes}:${two(left % 60)}`
        : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(left % 60)}`;
    },
  };
})();
