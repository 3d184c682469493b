/**
 * The command {@code rolecall sts}: {@link dev.rolecall.cli.sts.StsCommand} is the entry. Depends
 * on no other command.
 */
@NullMarked
package dev.rolecall.cli.sts;

import org.jspecify.annotations.NullMarked;
