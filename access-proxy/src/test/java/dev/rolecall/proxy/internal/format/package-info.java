/** Tests of the formats that Envoy and gRPC write. */
@NullMarked
package dev.rolecall.proxy.internal.format;

import org.jspecify.annotations.NullMarked;
