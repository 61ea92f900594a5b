/** The two stores: where they are, whether they work, how they fail. */
package org.votingapp.worker.store;
