/**
 * JSON Web Tokens (RFC 7519) in the compact form of RFC 7515: read by {@link
 * dev.rolecall.jwt.CompactToken}, checked by {@link dev.rolecall.jwt.SignatureCheck} and {@link
 * dev.rolecall.jwt.ClaimRules}, signed by {@link dev.rolecall.jwt.TokenSigner}.
 *
 * <p>Everything here is an immutable value, safe for use by many threads, and never blocks; a check
 * of a signature takes 40 us to 2.5 ms of CPU time. The package depends on the JDK's cryptography
 * and on its packages {@code json} and {@code key}: no gRPC, no HTTP, no JOSE library.
 */
@NullMarked
package dev.rolecall.jwt;

import org.jspecify.annotations.NullMarked;
