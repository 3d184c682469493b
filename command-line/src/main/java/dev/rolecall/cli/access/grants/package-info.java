/**
 * The commands about grants: {@link dev.rolecall.cli.access.grants.GrantsCommand} is where to
 * begin.
 */
@NullMarked
package dev.rolecall.cli.access.grants;

import org.jspecify.annotations.NullMarked;
