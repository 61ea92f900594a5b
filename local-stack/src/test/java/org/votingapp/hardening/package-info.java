/** Bad input, security headers, least privilege, ballot stuffing: tried from outside on real servers. */
package org.votingapp.hardening;
