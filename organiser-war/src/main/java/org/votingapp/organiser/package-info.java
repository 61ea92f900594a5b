/** The organiser server: the pages and the API by which people write and steer polls. */
package org.votingapp.organiser;
