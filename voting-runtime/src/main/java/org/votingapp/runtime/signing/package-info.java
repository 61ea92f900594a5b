/** Signatures by a secret that servers share, so that one of them believes what a browser brings from another. */
package org.votingapp.runtime.signing;
