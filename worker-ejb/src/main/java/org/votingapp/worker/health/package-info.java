/** Whether the worker is started, live and ready, with facts. */
package org.votingapp.worker.health;
