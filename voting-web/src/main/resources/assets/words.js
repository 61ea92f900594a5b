// Words, numbers and times in the page's language. Patterns come from the page (PageText.forScript), never from a script.
'use strict';

window.words = (() => {
  // Not the lang attribute: a translator changes it.
  const locale = `${document.documentElement.dataset.language}-u-nu-latn`;
  const numbers = new Intl.NumberFormat(locale, { useGrouping: 'always' });
  const rules = 'PluralRules' in Intl ? new Intl.PluralRules(locale) : { select: () => 'other' };
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });

  const two = (number) => String(number).padStart(2, '0');
  const isSameDay = (one, other) => one.toDateString() === other.toDateString();

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

    isToday: (date) => isSameDay(date, new Date()),
    clock: (date) => clock.format(date),
    day: (date) => (date.getFullYear() === new Date().getFullYear() ? day : dayOfYear).format(date),

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
