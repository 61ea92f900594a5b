/** Publishing metrics, in one way. */
package org.votingapp.runtime.metrics;
