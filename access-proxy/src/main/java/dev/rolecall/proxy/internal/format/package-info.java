/**
 * Formats of values that Envoy and gRPC write: {@link
 * dev.rolecall.proxy.internal.format.GrpcTimeout} and {@link
 * dev.rolecall.proxy.internal.format.ReportedCertificate}. The package knows no call.
 */
@NullMarked
package dev.rolecall.proxy.internal.format;

import org.jspecify.annotations.NullMarked;
