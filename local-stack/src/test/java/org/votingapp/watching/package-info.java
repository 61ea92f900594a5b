/** Many who watch the results at once, and some among them who never read. */
package org.votingapp.watching;
