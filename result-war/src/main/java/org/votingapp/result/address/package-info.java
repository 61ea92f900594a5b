/** Which poll an address asks for: one by its id, or without an id the house room's. */
package org.votingapp.result.address;
