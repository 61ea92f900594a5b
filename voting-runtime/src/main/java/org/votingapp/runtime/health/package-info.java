/** One way for every part to ask "are operations on this likely to succeed?". */
package org.votingapp.runtime.health;
