/** What organisers learn of the drain: the pace of the votes, the books, and what was rejected. */
package org.votingapp.worker.books;
