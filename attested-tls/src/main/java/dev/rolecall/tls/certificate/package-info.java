/**
 * The certificates of attested TLS, as a peer presents them: {@link
 * dev.rolecall.tls.certificate.AttestedCertificate#read} reads one. Nothing that is read has been
 * verified.
 */
@NullMarked
package dev.rolecall.tls.certificate;

import org.jspecify.annotations.NullMarked;
