/** The descriptions of both APIs, compared with the answers of the servers. */
package org.votingapp.systemtests.api;
