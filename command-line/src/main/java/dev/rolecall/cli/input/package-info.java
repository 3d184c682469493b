/**
 * Files that users name: {@link dev.rolecall.cli.input.InputFile} is the entry. Each reader says
 * what is wrong with a file that is not what it should be. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.input;

import org.jspecify.annotations.NullMarked;
