-- Deletes consumers that are long idle. KEYS: ballots. ARGV: group, consumer that asks, idle time in milliseconds.
-- Looking and deleting must be atomic: XGROUP DELCONSUMER drops pending entries, and a consumer could read some between the
-- two. A consumer that returns later is created again by its next read.
local forgotten = 0
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local facts = {}
  for i = 1, #consumer, 2 do
    facts[consumer[i]] = consumer[i + 1]
  end
  if facts.pending == 0 and facts.idle > tonumber(ARGV[3]) and facts.name ~= ARGV[2] then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], facts.name)
    forgotten = forgotten + 1
  end
end
return forgotten
