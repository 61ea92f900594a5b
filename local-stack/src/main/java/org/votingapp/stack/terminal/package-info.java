/** What the person at the terminal reads: progress, and one line for each failure. */
package org.votingapp.stack.terminal;
