-- Removes entries that are committed in Postgres, and counts the duplicates among them.
-- KEYS: ballots, counts. ARGV: group, name of the counter, number of duplicates, their ids, then all other ids.
-- XACK gives 1 for an entry once only, so that a duplicate is counted once by however many workers hold it. It comes
-- first also because Redis, when it is out of memory, still lets a script go on that began with it.
local function acknowledge(first, last)
  local acknowledged = 0
  -- Lua takes a few thousand arguments at once.
  for from = first, last, 1000 do
    local to = math.min(from + 999, last)
    acknowledged = acknowledged + redis.call('XACK', KEYS[1], ARGV[1], unpack(ARGV, from, to))
    redis.call('XDEL', KEYS[1], unpack(ARGV, from, to))
  end
  return acknowledged
end

local duplicates = acknowledge(4, 3 + tonumber(ARGV[3]))
if duplicates > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[2], duplicates)
end
acknowledge(4 + tonumber(ARGV[3]), #ARGV)
return duplicates
