// Steers the poll on stage while present mode shows in a frame: by buttons, and by keys that the frame hands on.
'use strict';

(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const screen = at('screen');
  const ask = at('ask');
  const LOOK_MS = 1000;
  const KEYS = ['r', 'o', 'f', 'arrowleft', 'arrowright'];

  // In a page that reads from right to left, the next poll is on the left.
  const MIRRORED = { arrowleft: 'arrowright', arrowright: 'arrowleft' };
  const keyHere = (key) => (root.dir === 'rtl' && MIRRORED[key]) || key;

  const button = (key) => at('strip').querySelector(`button[data-key="${key}"]`);
  const backToScreen = () => screen !== null && screen.focus();

  // What is on stage may have changed since: the strip is asked for before it is used.
  let looking = 0;

  const take = async (response) => {
    if (response.redirected && !new URL(response.url).pathname.endsWith('/present')) {
      // The log-in has ended.
      window.location.reload();
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.getElementById('strip');
    if (fresh === null) {
      window.location.reload();
      return;
    }
    const { activeElement } = document;
    const focused = at('strip').contains(activeElement) ? activeElement.dataset.key : undefined;
    at('strip').replaceWith(document.adoptNode(fresh));
    setUp();
    if (focused !== undefined && button(focused) !== null) {
      button(focused).focus();
    }
    window.clearTimeout(looking);
    if (at('strip').dataset.settling === 'true') {
      looking = window.setTimeout(look, LOOK_MS);
    }
  };

  const look = async () => {
    try {
      await take(await fetch(window.location.href, { headers: { Accept: 'text/html' } }));
    } catch (unreachable) {
      // The next look may find it.
    }
  };

  const bodyOf = (pressed) => {
    const body = new URLSearchParams(new FormData(at('strip')));
    body.set('do', pressed.value);
    return body;
  };

  const post = async (body) => {
    try {
      await take(await fetch(at('strip').action, { method: 'POST', body, headers: { Accept: 'text/html' } }));
    } catch (unreachable) {
      // The browser says so.
      window.location.reload();
    }
    backToScreen();
  };

  // What was asked is what is done, with the version that it was asked about.
  let asked = null;

  const confirm = (pressed) => {
    asked = bodyOf(pressed);
    at('ask-what').textContent = pressed.dataset.question;
    at('ask-yes').textContent = pressed.dataset.asks;
    ask.returnValue = 'no';
    ask.showModal();
    at('ask-yes').focus();
  };

  const toggleFull = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen());

  const act = (key) => {
    const pressed = button(key);
    if (pressed === null || ask.open) {
      return;
    }
    if (key === 'f') {
      toggleFull();
    } else if (pressed.dataset.asks) {
      confirm(pressed);
    } else {
      post(bodyOf(pressed));
    }
  };

  const actFresh = async (key) => {
    if (key !== 'f') {
      await look();
    }
    act(key);
  };

  const setUp = () => {
    button('f').hidden = !document.fullscreenEnabled;
    for (const one of at('strip').querySelectorAll('button[data-key]')) {
      one.addEventListener('click', (event) => {
        event.preventDefault();
        act(one.dataset.key);
      });
    }
  };

  let idle = false;

  const setIdle = (now) => {
    if (idle && !now) {
      look();
    }
    idle = now;
    if (idle) {
      root.dataset.idle = 'true';
    } else {
      delete root.dataset.idle;
    }
  };

  ask.addEventListener('close', () => {
    if (ask.returnValue === 'yes') {
      post(asked);
    } else {
      backToScreen();
    }
  });

  if (screen !== null) {
    const { origin } = new URL(screen.src);
    window.addEventListener('message', ({ data, source, origin: sender }) => {
      if (source !== screen.contentWindow || sender !== origin) {
        return;
      }
      if (KEYS.includes(data.key)) {
        actFresh(keyHere(data.key));
      } else if (typeof data.idle === 'boolean') {
        setIdle(data.idle);
      }
    });
    document.addEventListener('keydown', (event) => {
      const key = event.key.toLowerCase();
      const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat);
      if (isPlain && (KEYS.includes(key) || key.length === 1) && key !== ' ' && !ask.open) {
        // Present mode knows whether keys are switched off.
        screen.contentWindow.postMessage({ key }, origin);
      }
    });
    screen.addEventListener('load', backToScreen);
  }
  setUp();
  root.dataset.script = 'runs';
})();
