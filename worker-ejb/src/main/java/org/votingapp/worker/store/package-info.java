/** The two stores, whether they are there, and what to do while one is not. */
package org.votingapp.worker.store;
