#!/bin/sh
# Writes users.acl with the SHA-256 of each login's password (Redis, "ACL rules", #<hash>) in place of its name. A newline at
# the end of a Secret is no part of the password: its readers leave it out, too. While a password is being replaced a login has
# another one besides (the Secret's key "other").
set -eu
umask 0077
hash() {
  password=$(cat "$1")
  printf %s "$password" | sha256sum | cut -d ' ' -f 1
}
cp /etc/redis/users.acl /run/redis/users.acl.next
for login in redis-admin redis-vote redis-worker; do
  hashes=$(hash "/run/secrets/$login")
  if [ -e "/run/secrets/$login-other" ]; then
    hashes="$hashes #$(hash "/run/secrets/$login-other")"
  fi
  sed -i "s/{{$login}}/$hashes/" /run/redis/users.acl.next
done
mv /run/redis/users.acl.next /run/redis/users.acl
