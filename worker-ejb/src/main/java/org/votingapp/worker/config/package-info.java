/** What can be set about the worker. */
package org.votingapp.worker.config;
