/**
 * The checks of grant tokens on a server. Start at {@link
 * dev.rolecall.grants.internal.verify.TokenChecks}. The package knows no feed and no file of keys.
 */
@NullMarked
package dev.rolecall.grants.internal.verify;

import org.jspecify.annotations.NullMarked;
