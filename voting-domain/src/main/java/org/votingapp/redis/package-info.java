/** What vote-war and worker-ejb must agree on in Redis: its address, and the names of keys and fields. */
package org.votingapp.redis;
