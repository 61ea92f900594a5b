/** What every request to the organiser server passes through. */
package org.votingapp.organiser.web;
