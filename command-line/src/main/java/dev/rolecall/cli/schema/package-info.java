/**
 * The .proto files that describe a server's methods: {@link dev.rolecall.cli.schema.Schema} is the
 * entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.schema;

import org.jspecify.annotations.NullMarked;
