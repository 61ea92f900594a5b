-- Removes entries that are committed in Postgres, and counts the duplicates among them.
-- KEYS: ballots, counts. ARGV: group, name of the counter, number of duplicates, their ids, then all other ids.

-- Lua takes a few thousand arguments at once.
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

-- The id up to which the group has read; nothing where Redis has lost the stream or the group meanwhile.
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

-- Ids are two unsigned 64-bit numbers, more than a number of Lua holds: the longer text is the greater, then the later.
local function is_before(time, sequence, id)
  local other_time, other_sequence = id:match('(%d+)-(%d+)')
  if time ~= other_time then
    return #time < #other_time or #time == #other_time and time < other_time
  end
  return #sequence < #other_sequence or #sequence == #other_sequence and sequence < other_sequence
end

-- XACK gives 1 for an entry once only, so that a duplicate is counted once by however many workers hold it. It comes
-- first also because Redis, when it is out of memory, still lets a script go on that began with it.
local others = 4 + tonumber(ARGV[3])
local duplicates = in_parts(ARGV, 4, others - 1, acknowledge)
if duplicates > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[2], duplicates)
end
in_parts(ARGV, others, #ARGV, acknowledge)

-- What comes before every entry that is pending or undelivered was dealt with: to cut off the beginning of the stream
-- there costs a tenth of deleting entry by entry, each of which Redis has to look for. What comes after a pending entry
-- is deleted one by one, so that the stream never holds more than what waits.
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
