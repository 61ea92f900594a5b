/** The file of rooms and polls ({@code POLLS_FILE}): reading it, and saying what is wrong with it. */
package org.votingapp.worker.file;
