/** Votes under faults: clients write down what they were told, and a checker compares it with what is stored. */
package org.votingapp.faults;
