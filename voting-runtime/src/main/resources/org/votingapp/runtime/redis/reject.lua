-- Moves entries to the rejected ones, each as it came with its reason and its id.
-- KEYS: ballots, rejected, counts. ARGV: group, name of the counter, names of the fields for reason and id, then id and
-- reason of each entry. XACK returns 1 only once, so only one worker moves an entry.
local moved = 0
for i = 5, #ARGV, 2 do
  local id, reason = ARGV[i], ARGV[i + 1]
  if redis.call('XACK', KEYS[1], ARGV[1], id) == 1 then
    local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
    if entry then
      local fields = entry[2]
      -- A call in Lua takes a few thousand arguments at most; more fields are kept in one, as a JSON array.
      if #fields > 4000 then
        fields = { 'fields', cjson.encode(fields) }
      end
      fields[#fields + 1] = ARGV[3]
      fields[#fields + 1] = reason
      fields[#fields + 1] = ARGV[4]
      fields[#fields + 1] = id
      redis.call('XADD', KEYS[2], '*', unpack(fields))
      redis.call('XDEL', KEYS[1], id)
      moved = moved + 1
    end
  end
end
if moved > 0 then
  redis.call('HINCRBY', KEYS[3], ARGV[2], moved)
end
return moved
