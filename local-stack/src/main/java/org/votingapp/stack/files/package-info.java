/** Files that survive a power loss whole, or whose damage is noticed. */
package org.votingapp.stack.files;
