/** The ballot box in Redis. */
package org.votingapp.vote.redis;
