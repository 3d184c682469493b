/**
 * Finds out who presented a credential: {@link dev.rolecall.access.lookup.CallerLookup} remembers
 * answers, asks an issuer once for all who wait, and keeps within limits. Knows no scheme and no
 * transport.
 */
@NullMarked
package dev.rolecall.access.lookup;

import org.jspecify.annotations.NullMarked;
