package dev.rolecall.tests.soak;

import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;
import java.util.Optional;

/** A kind of caller in the soak. */
enum CallerKind {
  /** May call everything, always. */
  CHECKOUT("checkout"),
  /** May call some methods, always. */
  READER("reader-1"),
  /** May call everything while the policy has it. */
  SEASONAL("seasonal"),
  /** Proves its role, which may call nothing. */
  INTERN("intern"),
  /** Makes proofs up, from an address of its own. */
  FORGER(""),
  /** Has no proof. */
  NOBODY("");

  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  private final String role;

  CallerKind(String role) {
    this.role = role;
  }

  /** The role it proves; empty for callers without a proof. */
  Optional<String> role() {
    return role.isEmpty() ? Optional.empty() : Optional.of(ROLE + role);
  }

  /** Whether the policy allows it at all. */
  boolean mayCall(MethodDescriptor<String, String> method) {
    return switch (this) {
      case CHECKOUT, SEASONAL -> true;
      case READER -> method == Echo.SAY || method == Echo.COUNT || method == Echo.PING;
      case INTERN, FORGER, NOBODY -> method == Echo.PING;
    };
  }

  /** Whether the policy allows it always. */
  boolean mayAlwaysCall(MethodDescriptor<String, String> method) {
    return mayCall(method) && (this != SEASONAL || method == Echo.PING);
  }
}
