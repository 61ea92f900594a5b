-- Removes entries that Postgres has committed, and counts the duplicates among them.
-- KEYS: ballots, counts. ARGV: group, name of the counter, number of duplicates, their ids, then all other ids.

-- A call in Lua takes a few thousand arguments at most.
local function in_parts(list, first, last, take)
  local taken = 0
  for from = first, last, 1000 do
    taken = taken + take(unpack(list, from, math.min(from + 999, last)))
  end
  return taken
end

local function acknowledge(...)
  return redis.call('XACK', KEYS[1], ARGV[1], ...)
end

local function delete(...)
  return redis.call('XDEL', KEYS[1], ...)
end

-- The id up to which the group has read; nil where Redis has lost the stream or the group.
local function last_delivered()
  local groups = redis.call('EXISTS', KEYS[1]) == 1 and redis.call('XINFO', 'GROUPS', KEYS[1]) or {}
  for _, group in ipairs(groups) do
    local facts = {}
    for i = 1, #group, 2 do
      facts[group[i]] = group[i + 1]
    end
    if facts.name == ARGV[1] then
      return facts['last-delivered-id']
    end
  end
end

-- An id is two unsigned 64-bit numbers, which a Lua number cannot hold. So compare texts: first by length, then by order.
local function is_before(time, sequence, id)
  local other_time, other_sequence = id:match('(%d+)-(%d+)')
  if time ~= other_time then
    return #time < #other_time or #time == #other_time and time < other_time
  end
  return #sequence < #other_sequence or #sequence == #other_sequence and sequence < other_sequence
end

-- XACK returns 1 for an entry only once, so a duplicate is counted once, however many workers hold it. XACK also comes first
-- because Redis, when out of memory, still lets a script continue that has already written.
local others = 4 + tonumber(ARGV[3])
local duplicates = in_parts(ARGV, 4, others - 1, acknowledge)
if duplicates > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[2], duplicates)
end
in_parts(ARGV, others, #ARGV, acknowledge)

-- Everything before the first pending or undelivered entry is done. Trimming the stream there costs a tenth of deleting
-- entry by entry. Entries after a pending one are deleted one by one, so the stream holds pending ballots only.
local bound = last_delivered()
if bound then
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1])[2]
  local time, sequence = bound:match('(%d+)-(%d+)')
  if pending and not is_before(time, sequence, pending) then
    bound = pending
    time, sequence = bound:match('(%d+)-(%d+)')
  end
  redis.call('XTRIM', KEYS[1], 'MINID', bound)
  local rest = {}
  for i = 4, #ARGV do
    if ARGV[i] == bound or pending and is_before(time, sequence, ARGV[i]) then
      rest[#rest + 1] = ARGV[i]
    end
  end
  in_parts(rest, 1, #rest, delete)
end
return duplicates
