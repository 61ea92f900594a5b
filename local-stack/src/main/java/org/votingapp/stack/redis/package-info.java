/** The embedded Redis: its program, configuration, users, append-only file and process. */
package org.votingapp.stack.redis;
