-- Casts ballots of one poll atomically, by the poll's published rules and Redis' clock.
-- KEYS: stream of ballots, hash voter -> choice, hash of counters, hash of the poll (PollHash); with a limit, the counter of
-- each sender's address
-- ARGV: poll, votes per address and minute (0: no limit), then voter and choice of each ballot
-- Returns two values a ballot: 'recorded', 'changed' or 'already' and the choice on record, 'limited' and the seconds to
-- wait, or 'unpublished', 'early', 'closed' or 'unknown' (no such option) and ''.
-- Idempotent: a ballot on record counts neither as accepted nor against the limit, so a call may be sent again, also after
-- the poll has closed.
local poll, limit = ARGV[1], tonumber(ARGV[2])
local answers, taken, choices, offered = {}, {}, {}, {}

local function answer(word, value)
  answers[#answers + 1] = word
  answers[#answers + 1] = value
end

-- Seconds since 1970 of a time such as 2027-03-01T09:00:00.5Z. Years begin in March, so that a leap day is the last day
-- (Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil).
local function seconds(time)
  local parts = { time:match('^(%d+)-(%d+)-(%d+)T(%d+):(%d+):([%d.]+)Z$') }
  for i = 1, 6 do
    parts[i] = tonumber(parts[i])
  end
  local year, month, day, hour, minute, second = unpack(parts)
  year = month < 3 and year - 1 or year
  local days = 365 * year + math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400)
    + math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 719469
  return ((days * 24 + hour) * 60 + minute) * 60 + second
end

local function now()
  local time = redis.call('TIME')
  return time[1] + time[2] / 1000000
end

-- Why the poll takes no votes; nil where it does.
local function refusal(revote, opens, closes)
  if not revote then
    return 'unpublished'
  elseif opens and opens ~= '' and now() < seconds(opens) then
    return 'early'
  elseif closes and closes ~= '' and now() >= seconds(closes) then
    return 'closed'
  end
end

local function is_offered(choice)
  if offered[choice] == nil then
    local label = redis.call('HGET', KEYS[4], 'option:' .. choice)
    offered[choice] = label and label ~= ''
  end
  return offered[choice]
end

-- Whether this address has reached its limit; counts the try.
local function limited(counter)
  local tried = redis.call('INCR', counter)
  if tried == 1 then
    redis.call('EXPIRE', counter, 60)
  end
  return tried > limit
end

local revote, opens, closes = unpack(redis.call('HMGET', KEYS[4], 'revote', 'opens', 'closes'))
local refused = refusal(revote, opens, closes)

for i = 3, #ARGV, 2 do
  local voter, choice, counter = ARGV[i], ARGV[i + 1], KEYS[4 + (i - 1) / 2]
  local known = choices[voter] or redis.call('HGET', KEYS[2], voter)
  if known == choice then
    answer('already', known)
  elseif refused then
    answer(refused, '')
  elseif known and revote == 'final' then
    answer('already', known)
  elseif not is_offered(choice) then
    answer('unknown', '')
  elseif limit > 0 and limited(counter) then
    answer('limited', tostring(redis.call('TTL', counter)))
  else
    redis.call('XADD', KEYS[1], '*', 'poll', poll, 'voter', voter, 'choice', choice)
    choices[voter] = choice
    taken[#taken + 1] = voter
    taken[#taken + 1] = choice
    answer(known and 'changed' or 'recorded', choice)
  end
end
-- The stream comes first: if XADD fails, nobody has voted.
if #taken > 0 then
  redis.call('HSET', KEYS[2], unpack(taken))
  redis.call('HINCRBY', KEYS[3], 'accepted', #taken / 2)
end
return answers
