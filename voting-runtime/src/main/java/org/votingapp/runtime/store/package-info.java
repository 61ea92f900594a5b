/** Stores in general: where one is, and why it failed, in words that may be public. */
package org.votingapp.runtime.store;
