/** The whole system on one machine: its parts, and what starts, watches and ends them. */
package org.votingapp.stack;
