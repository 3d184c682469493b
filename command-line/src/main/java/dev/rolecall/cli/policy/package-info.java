/**
 * The commands {@code rolecall policy ...}: {@link dev.rolecall.cli.policy.PolicyCommand} is the
 * entry. Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.policy;

import org.jspecify.annotations.NullMarked;
