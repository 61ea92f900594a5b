/** Present mode: the result page's content for a projector, in a form that fits any screen. */
package org.votingapp.result.present;
