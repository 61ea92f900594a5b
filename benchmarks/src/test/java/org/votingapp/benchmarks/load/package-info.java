/** What produces load: the request generator, a filler of the stream, a watcher, and the empty server to compare with. */
package org.votingapp.benchmarks.load;
