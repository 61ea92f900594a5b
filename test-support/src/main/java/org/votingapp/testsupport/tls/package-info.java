/** A certificate authority for tests of TLS. */
package org.votingapp.testsupport.tls;
