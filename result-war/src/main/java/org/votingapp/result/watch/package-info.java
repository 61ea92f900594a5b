/** Watchers: those who hold the event stream open, and the threads that send it to them. */
package org.votingapp.result.watch;
