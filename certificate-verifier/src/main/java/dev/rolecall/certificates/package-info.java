/**
 * The scheme of client certificates. {@link dev.rolecall.certificates.CertificateVerifier} is the
 * entry. TLS proves that a client holds the key of its certificate; this scheme finds the authority
 * that vouches for it, and the name in it. Depends on the engine and the JDK; knows no gRPC.
 */
@NullMarked
package dev.rolecall.certificates;

import org.jspecify.annotations.NullMarked;
