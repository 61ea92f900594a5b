/** What organisers do on their pages, in a browser, on a whole stack. */
package org.votingapp.systemtests.organising;
