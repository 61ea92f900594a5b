/** The voting page and the result page in a browser: what people see, by mouse, keyboard and screen reader. */
package org.votingapp.systemtests.pages;
