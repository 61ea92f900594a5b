/** Watchers of the event stream, and the clock that their delay is measured by. */
package org.votingapp.testsupport.watching;
