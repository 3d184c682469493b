package dev.rolecall.access;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import org.jspecify.annotations.Nullable;

/**
 * The line of a log about one refusal: the reason, then what is known of the call, the caller and
 * the credential. Text that a peer chose is cut, and its control characters are escaped, so that it
 * stays within the line. No part of it is a secret.
 */
final class RefusalLine {

  private static final int LONGEST = 200;

  private final StringBuilder line = new StringBuilder(256);

  private RefusalLine() {}

  /**
   * The line.
   *
   * @param what {@code refused}, {@code ended} or {@code admitted instead of refused}
   * @param caller null where it is not known
   */
  static String of(
      String what, CalledMethod method, String peer, @Nullable Caller caller, Refusal refusal) {
    RefusalLine made = new RefusalLine();
    made.line.append(what).append(" a call: ").append(refusal.reason());
    made.add("method", method.fullName()).add("from", peer);
    if (caller != null) {
      made.add(Refusal.kind(caller), caller.principal().text());
      made.add(caller.evidence(), caller.role().isPresent() ? "access key id" : "credential id");
      caller.via().ifPresent(proxy -> made.add("via", proxy.principal().text()));
    }
    refusal.rule().ifPresent(rule -> made.add("rule", rule.value()));
    refusal.permission().ifPresent(permission -> made.add("permission", permission.value()));
    refusal.facts().ifPresent(made::add);
    return made.line.toString();
  }

  private void add(Evidence evidence, String credential) {
    evidence.sessionName().ifPresent(name -> add("session", name));
    evidence.credentialId().ifPresent(id -> add(credential, id));
    evidence.facts().forEach(fact -> add(fact.label(), fact.value()));
  }

  private void add(Facts facts) {
    for (Fact fact : facts.list()) {
      add(fact.label(), fact.value());
    }
  }

  private RefusalLine add(String name, String value) {
    line.append(", ").append(name).append(' ');
    escape(value);
    return this;
  }

  private void escape(String value) {
    value.codePoints().limit(LONGEST).forEach(this::escape);
    if (value.codePointCount(0, value.length()) > LONGEST) {
      line.append("...");
    }
  }

  private void escape(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          line.append(String.format("\\u{%x}", codePoint));
      default -> line.appendCodePoint(codePoint);
    }
  }
}
