/**
 * The whole system on one machine: {@code mvn -Prun}, and the stacks that tests open.
 *
 * <p>Packages depend on those further left only: {@code terminal}, {@code files}, {@code data}, {@code process},
 * {@code liberty}, {@code redis} and {@code postgres}, then this one.
 */
package org.votingapp.stack;
