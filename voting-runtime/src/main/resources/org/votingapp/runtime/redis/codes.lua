#!lua flags=allow-oom
-- Publishes voter codes of a poll (CodeHash). Idempotent. Runs in a full Redis, too, since the poll's rules follow.
-- KEYS: hash of the codes. ARGV: field of the batch, id of the batch, its state ('' where more codes follow), then codes
for i = 4, #ARGV do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[2])
end
if ARGV[3] == 'out' then
  redis.call('HSET', KEYS[1], ARGV[1], 'out')
elseif ARGV[3] ~= '' then
  -- A worker that stalled before its call must not take back that a batch is revoked.
  redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[3])
end
return #ARGV - 3
