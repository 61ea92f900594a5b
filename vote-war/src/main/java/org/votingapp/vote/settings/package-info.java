/** The vote server's settings, and their validation at the start. */
package org.votingapp.vote.settings;
