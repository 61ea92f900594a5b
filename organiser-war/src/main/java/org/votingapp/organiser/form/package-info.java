/** What organisers write, and what it must be. */
package org.votingapp.organiser.form;
