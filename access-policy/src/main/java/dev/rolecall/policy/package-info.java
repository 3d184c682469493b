/**
 * Decides whether a role may call a method: deny rules, then allow rules, else no. Start at {@link
 * dev.rolecall.policy.AccessPolicy}; a server takes its policy from a {@link
 * dev.rolecall.policy.PolicySource}.
 *
 * <p>The package depends on caller-identity alone: it never sees gRPC, AWS, the verifier, or the
 * text that a policy was read from. So the same policy can be checked at a desk.
 */
@NullMarked
package dev.rolecall.policy;

import org.jspecify.annotations.NullMarked;
