#!/bin/sh
# Writes users.acl with the SHA-256 of each login's password (Redis, "ACL rules", #<hash>) in place of its name. A newline at
# the end of a Secret is no part of the password: its readers leave it out, too.
set -eu
umask 0077
cp /etc/redis/users.acl /run/redis/users.acl.next
for login in redis-admin redis-vote redis-worker; do
  password=$(cat "/run/secrets/$login")
  hash=$(printf %s "$password" | sha256sum | cut -d ' ' -f 1)
  sed -i "s/{{$login}}/$hash/" /run/redis/users.acl.next
done
mv /run/redis/users.acl.next /run/redis/users.acl
