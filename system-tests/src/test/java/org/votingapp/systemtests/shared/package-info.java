/** What all system tests use: one running stack and browser, HTTP clients, and the counts that each place tells. */
package org.votingapp.systemtests.shared;
