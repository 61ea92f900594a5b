/** Parts as processes: started, watched, restarted, frozen and ended. */
package org.votingapp.stack.process;
