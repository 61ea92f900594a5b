/**
 * Who organisers are, and how they log in: {@link org.votingapp.organiser.account.SessionMechanism} says who sends a request,
 * {@link org.votingapp.organiser.account.LogIn} checks a name and a password.
 */
package org.votingapp.organiser.account;
