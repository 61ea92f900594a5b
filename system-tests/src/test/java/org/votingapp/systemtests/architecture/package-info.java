/** The dependencies that modules and packages may have. */
package org.votingapp.systemtests.architecture;
