/** One contract for health checks: is an operation on this store likely to succeed? */
package org.votingapp.runtime.health;
