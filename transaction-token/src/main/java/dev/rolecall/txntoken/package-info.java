/**
 * Transaction tokens: the identity of a caller as a proxy passes it on to the services behind it.
 * Depends on the engine and on signed tokens; never on gRPC.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-transaction-tokens/">OAuth
 *     transaction tokens</a>
 */
@NullMarked
package dev.rolecall.txntoken;

import org.jspecify.annotations.NullMarked;
