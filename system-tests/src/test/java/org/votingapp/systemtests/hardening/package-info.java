/** Malicious and malformed input, least privilege, and secrets. */
package org.votingapp.systemtests.hardening;
