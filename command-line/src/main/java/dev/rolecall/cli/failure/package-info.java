/**
 * What a command says where it cannot go on: {@link dev.rolecall.cli.failure.Complaint} has words
 * for whatever is thrown. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.failure;

import org.jspecify.annotations.NullMarked;
