/** Redis as every server uses it: its address, the client, scripts, and the names of keys and fields. */
package org.votingapp.runtime.redis;
