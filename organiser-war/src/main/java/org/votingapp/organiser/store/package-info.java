/** What the organiser server keeps in Postgres. Nothing else but the desk knows of JPA. */
package org.votingapp.organiser.store;
