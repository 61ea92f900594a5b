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

-- Ids are two unsigned 64-bit numbers, more than a number of Lua holds.
local function number_before(a, b)
  return #a < #b or #a == #b and a < b
end

local function before(a, b)
  local a_time, a_sequence = a:match('(%d+)-(%d+)')
  local b_time, b_sequence = b:match('(%d+)-(%d+)')
  return number_before(a_time, b_time) or a_time == b_time and number_before(a_sequence, b_sequence)
end

-- All entries before this one are dealt with: they were delivered, and none of them is pending.
local function first_that_may_be_needed()
  local delivered = '0-0'
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local facts = {}
    for i = 1, #group, 2 do
      facts[group[i]] = group[i + 1]
    end
    if facts.name == ARGV[1] then
      delivered = facts['last-delivered-id']
    end
  end
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1])[2]
  return pending and before(pending, delivered) and pending or delivered
end

-- XACK gives 1 for an entry once only, so that a duplicate is counted once by however many workers hold it. It comes
-- first also because Redis, when it is out of memory, still lets a script go on that began with it.
local others = 4 + tonumber(ARGV[3])
local duplicates = in_parts(ARGV, 4, others - 1, acknowledge)
if duplicates > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[2], duplicates)
end
in_parts(ARGV, others, #ARGV, acknowledge)

-- Cutting off the beginning of the stream costs a tenth of deleting entry by entry, each of which Redis looks for. What
-- comes after an entry that is still pending is deleted, so that the stream holds nothing but what waits.
local bound = first_that_may_be_needed()
redis.call('XTRIM', KEYS[1], 'MINID', bound)
local rest = {}
for i = 4, #ARGV do
  if not before(ARGV[i], bound) then
    rest[#rest + 1] = ARGV[i]
  end
end
in_parts(rest, 1, #rest, delete)
return duplicates
