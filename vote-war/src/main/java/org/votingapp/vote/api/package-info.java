/** The vote API. */
package org.votingapp.vote.api;
