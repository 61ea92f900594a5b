/** The result page: the tally for people, rendered by Faces, and the QR code of the voting page. */
package org.votingapp.result.page;
