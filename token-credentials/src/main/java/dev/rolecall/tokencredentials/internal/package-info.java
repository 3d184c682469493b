/**
 * Parts that know nothing of grants: requests bounded in size and time, addresses that secrets may
 * be sent to, small files with secrets. {@link dev.rolecall.tokencredentials.internal.HttpExchange}
 * sends requests.
 *
 * <p>Internal: not exported.
 */
@NullMarked
package dev.rolecall.tokencredentials.internal;

import org.jspecify.annotations.NullMarked;
