/** OpenID Connect's authorization code flow, as a client sees it; the only package that knows Nimbus (decision 0043). */
package org.votingapp.organiser.openid;
