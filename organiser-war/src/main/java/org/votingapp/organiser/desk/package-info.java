/** What organisers do: rooms, polls, steering, the record of it all. Each method is one transaction. */
package org.votingapp.organiser.desk;
