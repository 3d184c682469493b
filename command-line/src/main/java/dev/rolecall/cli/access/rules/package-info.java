/**
 * The commands about the rules of an access service: {@link
 * dev.rolecall.cli.access.rules.RulesCommand} is the entry.
 */
@NullMarked
package dev.rolecall.cli.access.rules;

import org.jspecify.annotations.NullMarked;
