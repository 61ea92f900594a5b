/** Comma-separated values for spreadsheets. */
package org.votingapp.organiser.csv;
