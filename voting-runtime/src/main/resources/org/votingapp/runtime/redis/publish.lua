#!lua flags=allow-oom
-- Publishes a version of a poll, unless Redis has a later one: a worker that stalled before its call must not open a closed poll.
-- Runs in a full Redis, too: a poll must close there as anywhere.
-- KEYS: hash of the poll (PollHash), hash poll -> version. ARGV: poll, version, then the fields and values of the hash
-- Adds the field published-ms, since when this version is in effect (milliseconds since 1970), or since when it is again after
-- Redis had lost it.
-- Returns the version that Redis has now.
local present, version = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or 0), tonumber(ARGV[2])
if present > version then
  return present
end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
if present < version or not redis.call('HGET', KEYS[1], 'published-ms') then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'published-ms', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
end
return version
