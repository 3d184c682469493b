/**
 * The one form of an attested certificate, byte by byte: {@link
 * dev.rolecall.tls.internal.certificate.CertificateForm} is what writer and reader share. Not API.
 */
@NullMarked
package dev.rolecall.tls.internal.certificate;

import org.jspecify.annotations.NullMarked;
