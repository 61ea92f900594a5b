/** The settings of the worker. */
package org.votingapp.worker.config;
