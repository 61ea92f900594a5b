/** The languages of the pages: which one a browser gets, and words, numbers and times in it. */
package org.votingapp.web.language;
