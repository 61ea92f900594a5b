/** The data folder of a stack: its lock, secrets, ports, and the record of its processes. */
package org.votingapp.stack.data;
