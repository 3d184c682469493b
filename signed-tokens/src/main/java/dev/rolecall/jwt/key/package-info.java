/**
 * Keys of signatures (RFC 7517, RFC 7518, RFC 8037): those of an issuer in a {@link
 * dev.rolecall.jwt.key.KeySet}, those to sign with in a {@link dev.rolecall.jwt.key.KeyRing}.
 * Depends on the JDK's cryptography and on package {@code json}.
 */
@NullMarked
package dev.rolecall.jwt.key;

import org.jspecify.annotations.NullMarked;
