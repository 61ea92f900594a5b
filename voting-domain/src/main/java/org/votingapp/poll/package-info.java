/** What is voted on, and what a voter hands in. */
package org.votingapp.poll;
