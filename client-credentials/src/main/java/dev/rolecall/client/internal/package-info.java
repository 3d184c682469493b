/**
 * Asks the places of the AWS SDK's default chain for credentials in bounded time, and finds out why
 * they gave none: {@link dev.rolecall.client.internal.WatchedPlace} is the entry.
 *
 * <p>Internal: not exported. Knows neither proofs nor gRPC. The messages of what the SDK throws may
 * hold secrets: they are matched against patterns, and reach no log, message or {@code toString}.
 */
@NullMarked
package dev.rolecall.client.internal;

import org.jspecify.annotations.NullMarked;
