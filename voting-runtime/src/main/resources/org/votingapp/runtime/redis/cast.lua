-- Casts ballots of one poll or several atomically, by each poll's published rules and Redis' clock.
-- KEYS: stream of ballots, hash of counters; for each poll its hash voter -> choice and its hash (PollHash), and where its ballots
-- have codes the hash of these (CodeHash); with a limit, the counter of each sender's address, in the order of the ballots
-- ARGV: votes per address and minute (0: no limit), number of polls; for each poll its id, its number of ballots and 'code'
-- where they have codes, else ''; then voter and choice of each ballot, and its code where they have codes, poll by poll
-- Returns two values a ballot: 'recorded', 'changed' or 'already' and the choice on record, 'limited' and the seconds to
-- wait, or 'unpublished', 'early', 'closed', 'code' (no code that the poll takes) or 'unknown' (no such option) and ''.
-- Idempotent: a ballot on record counts neither as accepted nor against the limit, so a call may be sent again, also after
-- the poll has closed.
local limit, polls = tonumber(ARGV[1]), tonumber(ARGV[2])
local counters, next_key, next_ballot = 2, 3, 3 + 3 * polls
local answers, accepted = {}, 0

local function answer(word, value)
  answers[#answers + 1] = word
  answers[#answers + 1] = value
end

-- Seconds since 1970 of a time such as 2027-03-01T09:00:00.5Z. Years begin in March, so that a leap day is the last day
-- (Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). nil where it is no such time.
local function seconds(time)
  local parts = { time:match('^(%d+)-(%d+)-(%d+)T(%d+):(%d+):([%d.]+)Z$') }
  if #parts < 6 then
    return nil
  end
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

-- Why the poll takes no votes; nil where it does. Malformed rules concern their own poll alone.
local function refusal(revote, opens, closes)
  local from = opens and opens ~= '' and (seconds(opens) or 'malformed')
  local to = closes and closes ~= '' and (seconds(closes) or 'malformed')
  if not revote or from == 'malformed' or to == 'malformed' then
    return 'unpublished'
  elseif from and now() < from then
    return 'early'
  elseif to and now() >= to then
    return 'closed'
  end
end

local function is_offered(choice, rules, offered)
  if offered[choice] == nil then
    local label = redis.call('HGET', rules, 'option:' .. choice)
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

-- Whether the poll takes this code.
local function is_taken(code, codes)
  local batch = redis.call('HGET', codes, code)
  return batch and redis.call('HGET', codes, 'batch:' .. batch) == 'in'
end

local function cast(poll, ballots, coded)
  local voters, rules, codes = KEYS[next_key], KEYS[next_key + 1], coded and KEYS[next_key + 2]
  next_key = next_key + (coded and 3 or 2)
  local revote, opens, closes, needs_code = unpack(redis.call('HMGET', rules, 'revote', 'opens', 'closes', 'needs-code'))
  needs_code = needs_code == '1'
  if opens == 'needs-code' then
    opens = redis.call('HGET', rules, 'needs-code:opens')
  end
  local refused = refusal(revote, opens, closes)
  if not refused and coded and not needs_code then
    -- The vote server goes by another version of the poll.
    refused = 'unpublished'
  end
  local taken, choices, offered = {}, {}, {}
  for _ = 1, ballots do
    local voter, choice = ARGV[next_ballot], ARGV[next_ballot + 1]
    local code = coded and ARGV[next_ballot + 2]
    next_ballot, counters = next_ballot + (coded and 3 or 2), counters + 1
    local known = choices[voter] or redis.call('HGET', voters, voter)
    if known == choice then
      answer('already', known)
    elseif refused then
      answer(refused, '')
    elseif known and revote == 'final' then
      answer('already', known)
    elseif needs_code and not (code and is_taken(code, codes)) then
      answer('code', '')
    elseif not is_offered(choice, rules, offered) then
      answer('unknown', '')
    elseif limit > 0 and limited(KEYS[counters]) then
      answer('limited', tostring(redis.call('TTL', KEYS[counters])))
    else
      if known then
        redis.call('XADD', KEYS[1], '*', 'poll', poll, 'voter', voter, 'choice', choice, 'replaces', known)
      else
        redis.call('XADD', KEYS[1], '*', 'poll', poll, 'voter', voter, 'choice', choice)
      end
      choices[voter] = choice
      taken[#taken + 1] = voter
      taken[#taken + 1] = choice
      answer(known and 'changed' or 'recorded', choice)
    end
  end
  -- The stream comes first: if XADD fails, nobody has voted.
  if #taken > 0 then
    redis.call('HSET', voters, unpack(taken))
    accepted = accepted + #taken / 2
  end
end

for poll = 1, polls do
  counters = counters + (ARGV[2 + 3 * poll] == 'code' and 3 or 2)
end
for poll = 1, polls do
  cast(ARGV[3 * poll], tonumber(ARGV[1 + 3 * poll]), ARGV[2 + 3 * poll] == 'code')
end
if accepted > 0 then
  redis.call('HINCRBY', KEYS[2], 'accepted', accepted)
end
return answers
