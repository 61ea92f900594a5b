/** What every server needs around polls and ballots: settings, health, stores. Each problem is solved here once. */
package org.votingapp.runtime;
