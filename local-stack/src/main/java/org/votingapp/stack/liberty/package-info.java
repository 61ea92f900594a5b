/** The Liberty servers: their settings, process, log, readiness, and start caches. */
package org.votingapp.stack.liberty;
