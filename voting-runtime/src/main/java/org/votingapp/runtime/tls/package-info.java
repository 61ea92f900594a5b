/** TLS to the stores: whose certificates are believed. */
package org.votingapp.runtime.tls;
