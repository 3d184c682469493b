/**
 * Attested TLS as Spring gRPC takes it: an SSL bundle for servers, credentials by name for
 * channels. Begin with {@link dev.rolecall.spring.internal.attested.AttestedBundle}. Nothing here
 * reads the starter's properties.
 */
@NullMarked
package dev.rolecall.spring.internal.attested;

import org.jspecify.annotations.NullMarked;
