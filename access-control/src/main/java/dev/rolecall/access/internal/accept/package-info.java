/**
 * The checks of a policy against what a server accepts. Start at {@link
 * dev.rolecall.access.internal.accept.VouchedNames}. The package knows no call.
 */
@NullMarked
package dev.rolecall.access.internal.accept;

import org.jspecify.annotations.NullMarked;
