-- Casts one ballot, or does not, as one step.
-- KEYS: stream of ballots, hash voter -> choice, hash of counters, counter of the sender's address
-- ARGV: poll, voter, choice, final|changeable, votes an address may try in a minute (0: no limit)
-- Returns {'recorded'|'changed'|'already', choice on record} or {'limited', seconds to wait}.
local limit = tonumber(ARGV[5])
if limit > 0 then
  local tried = redis.call('INCR', KEYS[4])
  if tried == 1 then
    redis.call('EXPIRE', KEYS[4], 60)
  end
  if tried > limit then
    return {'limited', tostring(redis.call('TTL', KEYS[4]))}
  end
end
local known = redis.call('HGET', KEYS[2], ARGV[2])
if known and (ARGV[4] == 'final' or known == ARGV[3]) then
  return {'already', known}
end
-- The stream comes first: should it fail, the voter has not voted.
redis.call('XADD', KEYS[1], '*', 'poll', ARGV[1], 'voter', ARGV[2], 'choice', ARGV[3])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('HINCRBY', KEYS[3], 'accepted', 1)
return {known and 'changed' or 'recorded', ARGV[3]}
