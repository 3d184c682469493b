/**
 * Values that users write as arguments: role names, method names and addresses. {@link
 * dev.rolecall.cli.arguments.ArgumentTypes} is the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.arguments;

import org.jspecify.annotations.NullMarked;
