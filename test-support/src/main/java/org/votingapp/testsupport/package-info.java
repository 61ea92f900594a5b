/** What tests of several modules share. */
package org.votingapp.testsupport;
