#!lua flags=allow-oom
-- Publishes a version of a poll's or a room's definition to the vote servers, unless Redis has this one or a later one.
-- KEYS: hash of definitions, hash field -> version, sorted set of changes. ARGV: field, version, definition
-- Each change has a time of its own, later than all others there, so that a reader misses none.
-- Returns the version that Redis has now.
local present, version = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or 0), tonumber(ARGV[2])
if present >= version then
  return present
end
local time = redis.call('TIME')
local newest = redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')
local change = math.max(time[1] * 1000000 + time[2], tonumber(newest[2] or 0) + 1)
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[3], string.format('%.0f', change), ARGV[1])
return version
