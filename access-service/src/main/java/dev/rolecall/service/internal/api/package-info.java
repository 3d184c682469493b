/**
 * The calls of {@code AccessService}: each judged by the rules, done by the store, answered without
 * blocking. Start at {@link dev.rolecall.service.internal.api.AccessApi}. The package knows no SQL
 * and no transport.
 */
@NullMarked
package dev.rolecall.service.internal.api;

import org.jspecify.annotations.NullMarked;
