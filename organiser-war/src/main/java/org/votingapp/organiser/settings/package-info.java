/** The organiser server's settings, and their validation at the start. */
package org.votingapp.organiser.settings;
