/** What tests of several parts of the worker share. */
package org.votingapp.worker;
