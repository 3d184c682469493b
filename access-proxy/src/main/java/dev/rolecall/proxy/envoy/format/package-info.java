/**
 * Formats of values that Envoy and gRPC write: {@link dev.rolecall.proxy.envoy.format.GrpcTimeout}
 * and {@link dev.rolecall.proxy.envoy.format.ReportedCertificate}. The package knows no call.
 */
@NullMarked
package dev.rolecall.proxy.envoy.format;

import org.jspecify.annotations.NullMarked;
