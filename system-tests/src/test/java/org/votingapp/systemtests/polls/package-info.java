/** A poll that has votes when its settings change. */
package org.votingapp.systemtests.polls;
