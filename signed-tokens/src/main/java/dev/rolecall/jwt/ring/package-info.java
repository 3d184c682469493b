/**
 * The keys that an issuer of one's own signs with: {@link dev.rolecall.jwt.ring.SigningKeys} has
 * them in memory or follows a file, and {@link dev.rolecall.jwt.ring.KeyRingFile} makes and rotates
 * that file.
 */
@NullMarked
package dev.rolecall.jwt.ring;

import org.jspecify.annotations.NullMarked;
