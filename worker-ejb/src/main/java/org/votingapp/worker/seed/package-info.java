/** What a file of rooms and polls changes about those that are registered. */
package org.votingapp.worker.seed;
