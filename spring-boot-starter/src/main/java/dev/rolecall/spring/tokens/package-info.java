/**
 * The channels that carry tokens in place of proofs, by properties. Begin with {@link
 * dev.rolecall.spring.tokens.RolecallTokenProperties}. Classes of token-credentials, which is
 * optional, are loaded only if a channel names a file or an issuer.
 */
@NullMarked
package dev.rolecall.spring.tokens;

import org.jspecify.annotations.NullMarked;
