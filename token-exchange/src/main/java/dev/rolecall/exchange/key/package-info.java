/**
 * The keys that tokens are signed with: {@link dev.rolecall.exchange.key.ExchangeKeys} has them in
 * memory or follows a file, and {@link dev.rolecall.exchange.key.KeyRingFile} makes and rotates
 * that file. Depends on signed tokens; never on HTTP.
 */
@NullMarked
package dev.rolecall.exchange.key;

import org.jspecify.annotations.NullMarked;
