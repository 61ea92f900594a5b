/** What both web applications share: assets, response headers, and answers when something is wrong. */
package org.votingapp.web;
