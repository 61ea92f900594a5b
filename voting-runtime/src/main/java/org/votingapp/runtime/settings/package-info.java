/** Settings: reading a variable, checking it, and saying what is wrong with it. */
package org.votingapp.runtime.settings;
