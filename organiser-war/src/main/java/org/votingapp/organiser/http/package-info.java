/** What questions to other servers have in common. */
package org.votingapp.organiser.http;
