/**
 * Decides whether a role may call a method: deny rules, then allow rules, else no. Start at {@link
 * dev.rolecall.policy.AccessPolicy}; a server that follows a file starts at {@link
 * dev.rolecall.policy.PolicyFile}.
 *
 * <p>The package depends on caller-identity and a YAML parser alone: it never sees gRPC, AWS or the
 * verifier, so the same policy can be checked at a desk.
 */
@NullMarked
package dev.rolecall.policy;

import org.jspecify.annotations.NullMarked;
