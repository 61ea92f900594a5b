/** The result part: its settings, and what its packages share. */
package org.votingapp.result;
