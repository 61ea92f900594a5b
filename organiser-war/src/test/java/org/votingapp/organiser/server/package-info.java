/** The organiser server in a process of its own, with a Postgres that has the worker's schema. */
package org.votingapp.organiser.server;
