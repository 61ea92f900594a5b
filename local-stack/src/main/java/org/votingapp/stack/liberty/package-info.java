/** The Liberty servers: their settings, process, log, readiness, and what makes their starts faster. */
package org.votingapp.stack.liberty;
