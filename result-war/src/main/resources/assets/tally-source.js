// Where the result page's tallies come from. One tab of a browser keeps the event stream for all tabs, since a browser has
// six connections for a host. Where the stream does not deliver, as behind a proxy that holds it back, that tab asks instead.
'use strict';

window.tallySource = (() => {
  // The server's stream is never silent for more than 15 seconds.
  const SILENCE_MS = 20000;
  // A tally that comes so late was held back on its way.
  const HELD_BACK_MS = 3000;
  // While the page asks, it tries a new stream this often.
  const NEW_STREAM_MS = 300000;
  const FIRST_PAUSE_MS = 1000;
  const LONGEST_PAUSE_MS = 8000;
  const ASK_MS = 3000;
  const ASK_LIMIT_MS = 5000;
  // From this age on the tally may be overtaken, as the API's description has it.
  const BEHIND_SECONDS = 5;

  // The server, by stream or by asking: calls tell(data, sign), where data is null if there is nothing new.
  const serverOf = (addresses, tell) => {
    let streams = false;
    let stream = null;
    let connected = 0;
    let leastLag = Infinity;
    let watchdog = 0;
    let retry = 0;
    let pause = FIRST_PAUSE_MS;
    let asking = false;
    let question = null;
    let nextQuestion = 0;

    const watch = (milliseconds) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(silent, milliseconds);
    };

    const closeStream = () => {
      clearTimeout(retry);
      if (stream !== null) {
        stream.close();
        stream = null;
      }
    };

    const lost = () => {
      closeStream();
      if (!asking) {
        tell(null, 'lost');
      }
      // Chance keeps a thousand pages from coming back at the same moment.
      retry = setTimeout(connect, pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };

    const alive = () => {
      pause = FIRST_PAUSE_MS;
      if (!asking) {
        watch(SILENCE_MS);
      }
    };

    // The id is the server's time of publishing: what the clocks differ by is part of each lag, of the least one, too.
    const isHeldBack = (event) => {
      const lag = Date.now() - Number(event.lastEventId);
      leastLag = Math.min(leastLag, lag);
      return lag - leastLag > HELD_BACK_MS;
    };

    const takeTally = (event) => {
      if (asking && Date.now() - connected <= HELD_BACK_MS) {
        stopAsking();
      } else if (!asking && isHeldBack(event)) {
        startAsking();
      }
      alive();
      if (!asking) {
        tell(event.data, 'live');
      }
    };

    // Another poll is on stage: the next stream is of that one, and whoever shows the former one notices.
    const takeStage = () => {
      closeStream();
      retry = setTimeout(connect, FIRST_PAUSE_MS * Math.random());
    };

    const takeHeartbeat = (event) => {
      alive();
      if (!asking) {
        tell(null, event.data === 'behind' ? 'behind' : 'live');
      }
    };

    function connect() {
      closeStream();
      if (streams) {
        connected = Date.now();
        leastLag = Infinity;
        stream = new EventSource(addresses.stream);
        stream.addEventListener('tally', takeTally);
        stream.addEventListener('hidden', takeTally);
        stream.addEventListener('stage', takeStage);
        stream.addEventListener('heartbeat', takeHeartbeat);
        // A browser gives up for good on an answer such as 503, and elsewhere tries in its own time: this page does neither.
        stream.addEventListener('error', lost);
      }
    }

    function silent() {
      startAsking();
      connect();
    }

    function startAsking() {
      watch(NEW_STREAM_MS);
      if (!asking) {
        asking = true;
        ask();
      }
    }

    function stopAsking() {
      if (asking) {
        asking = false;
        clearTimeout(nextQuestion);
        question.abort();
      }
    }

    // The browser sends along the tag of the answer that it has, and gives that one where it still holds.
    function ask() {
      const request = new XMLHttpRequest();
      question = request;
      request.open('GET', addresses.results);
      request.timeout = ASK_LIMIT_MS;
      request.onload = () => (isTally(request) ? takeAnswer(request) : unanswered());
      request.onerror = unanswered;
      request.ontimeout = unanswered;
      request.send();
    }

    const askLater = () => {
      nextQuestion = setTimeout(ask, ASK_MS * (0.75 + 0.5 * Math.random()));
    };

    // A hotel's log-in page may answer in the server's place. A hidden result is 403, and tells how many have voted.
    const isTally = (request) => {
      const type = request.getResponseHeader('Content-Type') || '';
      return (
        (request.status === 200 && type.startsWith('application/json')) ||
        (request.status === 403 && type.startsWith('application/problem+json') && request.responseText.includes('"voters":'))
      );
    };

    const takeAnswer = (request) => {
      askLater();
      tell(request.responseText, Number(request.getResponseHeader('Age')) >= BEHIND_SECONDS ? 'behind' : 'live');
    };

    const unanswered = () => {
      askLater();
      tell(null, 'lost');
    };

    return {
      open: (byStream) => {
        pause = FIRST_PAUSE_MS;
        streams = byStream && 'EventSource' in window;
        if (streams) {
          watch(SILENCE_MS);
          connect();
        } else {
          startAsking();
        }
      },
      close: () => {
        clearTimeout(watchdog);
        closeStream();
        stopAsking();
      },
      hurry: () => {
        if (stream === null) {
          connect();
        }
      },
    };
  };

  // The leading tab says every so often what it shows; another one that hears nothing for so long takes the lead.
  const BEAT_MS = 2000;
  const LEADER_SILENCE_MS = 5000;
  const GREETING_MS = 200;
  // A tab that nobody sees leads no more after this long, since browsers stop such tabs sooner or later.
  const UNSEEN_MS = 60000;

  // All tabs of a browser: one of them leads, a visible one where there is any. Web Locks would not do: over plain HTTP
  // they are there for localhost only.
  const follow = (addresses, show) => {
    const me = Math.random();
    let channel = null;
    let leads = false;
    let rests = true;
    let newest = { data: null, sign: null };
    let heard = -Infinity;
    let beat = 0;
    let turn = 0;
    let unseen = 0;

    const say = (kind) => {
      if (channel !== null) {
        channel.postMessage({ kind, from: me, seen: !document.hidden, data: newest.data, sign: newest.sign });
      }
    };

    const take = (data, sign) => {
      newest = { data: data || newest.data, sign: sign || newest.sign };
      show(newest.data, newest.sign);
    };

    const server = serverOf(addresses, (data, sign) => {
      take(data, sign);
      say('state');
    });

    const leadIn = (milliseconds) => {
      clearTimeout(turn);
      turn = setTimeout(lead, milliseconds);
    };

    function lead() {
      if (!leads && !rests) {
        leads = true;
        say('state');
        beat = setInterval(say, BEAT_MS, 'state');
        // Without a channel, streams of many tabs would take all connections.
        server.open(channel !== null);
      }
    }

    const leadNoMore = () => {
      leads = false;
      clearInterval(beat);
      server.close();
    };

    const outranks = (other) => (other.seen === document.hidden ? other.seen : other.from < me);

    const followLeader = (leader) => {
      heard = Date.now();
      take(leader.data, leader.sign);
      const handsOver = !leader.seen && !document.hidden;
      leadIn(handsOver ? GREETING_MS * Math.random() : LEADER_SILENCE_MS + GREETING_MS * Math.random());
    };

    const hear = (other) => {
      if (!leads && other.kind === 'bye') {
        leadIn(GREETING_MS * Math.random());
      } else if (!leads && other.kind === 'state') {
        followLeader(other);
      } else if (leads && other.kind === 'state' && outranks(other)) {
        leadNoMore();
        followLeader(other);
      } else if (leads && other.kind !== 'bye') {
        say('state');
      }
    };

    const rest = () => {
      clearTimeout(turn);
      rests = true;
      if (leads) {
        leadNoMore();
        say('bye');
      }
    };

    const wake = () => {
      if (rests) {
        rests = false;
        say('hello');
        leadIn(channel === null ? 0 : GREETING_MS);
      }
    };

    const changeVisibility = () => {
      clearTimeout(unseen);
      if (document.hidden) {
        unseen = setTimeout(rest, UNSEEN_MS);
        if (leads) {
          say('state');
        }
      } else {
        if (rests && Date.now() - heard > LEADER_SILENCE_MS) {
          show(null, 'lost');
        }
        wake();
      }
    };

    const openChannel = () => {
      try {
        // Two installations may share a host, each below a path of its own.
        channel = new BroadcastChannel(new URL(addresses.stream, document.baseURI).href);
        channel.onmessage = (event) => hear(event.data);
      } catch (missingOrDenied) {
        channel = null;
      }
    };

    const join = () => {
      if (channel === null) {
        openChannel();
      }
      wake();
      changeVisibility();
    };

    const leave = () => {
      clearTimeout(unseen);
      rest();
      if (channel !== null) {
        channel.close();
        channel = null;
      }
    };

    const comeBack = () => {
      show(null, 'lost');
      join();
    };

    document.addEventListener('visibilitychange', changeVisibility);
    window.addEventListener('online', () => leads && server.hurry());
    // A browser keeps a page that its reader may come back to, and freezes one that nobody looks at.
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', (event) => event.persisted && comeBack());
    document.addEventListener('freeze', leave);
    document.addEventListener('resume', comeBack);
    join();

    return { leave };
  };

  return { follow };
})();
