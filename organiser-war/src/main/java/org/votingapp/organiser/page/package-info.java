/** The backing beans of the organiser's pages. Each page has one, named like it, which calls the services of the desk. */
package org.votingapp.organiser.page;
