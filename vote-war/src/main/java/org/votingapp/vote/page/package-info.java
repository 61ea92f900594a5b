/** The voting page. */
package org.votingapp.vote.page;
