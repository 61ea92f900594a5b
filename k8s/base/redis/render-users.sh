#!/bin/sh
# Writes users.acl with the SHA-256 of each login's password (Redis, "ACL rules", #<hash>) in place of its name.
set -eu
umask 0077
cp /etc/redis/users.acl /run/redis/users.acl.next
for login in redis-admin redis-vote redis-worker; do
  hash=$(sha256sum < "/run/secrets/$login" | cut -d ' ' -f 1)
  sed -i "s/{{$login}}/$hash/" /run/redis/users.acl.next
done
mv /run/redis/users.acl.next /run/redis/users.acl
