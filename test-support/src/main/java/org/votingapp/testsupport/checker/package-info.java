/** Holds what clients were told against what is stored: the checker of the promise. */
package org.votingapp.testsupport.checker;
