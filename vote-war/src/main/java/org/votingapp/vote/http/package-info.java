/** What every request must pass, and how its body is read: nothing from a client is trusted without a check. */
package org.votingapp.vote.http;
