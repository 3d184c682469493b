/**
 * Refusals and outages of the access service, as values: {@link
 * dev.rolecall.service.failure.AccessFailure}. The package knows no rule, no store and no gRPC.
 */
@NullMarked
package dev.rolecall.service.failure;

import org.jspecify.annotations.NullMarked;
