/** What tests of several modules share and what needs no server. */
package org.votingapp.testsupport;
