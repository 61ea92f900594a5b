/** The API by which programs do what organisers do on the pages: Jakarta REST with JSON-B. */
package org.votingapp.organiser.api;
