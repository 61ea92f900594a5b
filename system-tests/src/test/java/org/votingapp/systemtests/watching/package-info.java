/** Thousands of watchers of the results, some of whom never read. */
package org.votingapp.systemtests.watching;
