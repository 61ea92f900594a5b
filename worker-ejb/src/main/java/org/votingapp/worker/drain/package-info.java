/** The drain: read a batch, record it, acknowledge it, for as long as the server lives. */
package org.votingapp.worker.drain;
