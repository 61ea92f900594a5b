-- Casts ballots of one poll atomically. Here a second vote is rejected.
-- KEYS: stream of ballots, hash voter -> choice, hash of counters; with a limit, the counter of each sender's address
-- ARGV: poll, final|changeable, votes per address and minute (0: no limit), then voter and choice of each ballot
-- Returns two values a ballot: 'recorded', 'changed' or 'already' and the choice on record, or 'limited' and the seconds to
-- wait.
-- Idempotent: a ballot on record counts neither as accepted nor against the limit, so a call may be sent again.
local poll, rule, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
local answers, taken, choices = {}, {}, {}

local function answer(word, value)
  answers[#answers + 1] = word
  answers[#answers + 1] = value
end

-- Whether this address has reached its limit; counts the try.
local function limited(counter)
  local tried = redis.call('INCR', counter)
  if tried == 1 then
    redis.call('EXPIRE', counter, 60)
  end
  return tried > limit
end

for i = 4, #ARGV, 2 do
  local voter, choice, counter = ARGV[i], ARGV[i + 1], KEYS[2 + i / 2]
  local known = choices[voter] or redis.call('HGET', KEYS[2], voter)
  if known and (rule == 'final' or known == choice) then
    answer('already', known)
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
