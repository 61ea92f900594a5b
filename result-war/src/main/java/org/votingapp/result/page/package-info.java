/** The result page: the tally for people. */
package org.votingapp.result.page;
