package dev.rolecall.txntoken;

import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of a caller that was passed on: what the token says, for records, and for the next
 * token where the caller is passed on again.
 */
final class PassedEvidence {

  /** The scheme of callers that were passed on. */
  static final String SCHEME = "transaction-token";

  private static final String AUTHN_FIELD = "passed_scheme";

  private PassedEvidence() {}

  /**
   * The evidence that a verified token gives.
   *
   * @param scheme the scheme that proved the caller to the proxy
   * @param kid the id of the key that signed
   * @param address the caller's address as the proxy saw it
   */
  static Evidence of(
      String scheme,
      Optional<String> session,
      String transaction,
      String workload,
      String kid,
      Optional<String> address) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(AUTHN_FIELD, "proved to the proxy by", scheme));
    facts.add(new Fact("passed_by", "passed on by", workload));
    facts.add(new Fact("key_id", "key id", kid));
    address.ifPresent(text -> facts.add(new Fact("passed_address", "address", text)));
    return new Evidence(
        SCHEME, Evidence.Carrier.CALL_METADATA, session, Optional.of(transaction), facts);
  }

  /** Whether the evidence is of a token. */
  static boolean isPassed(Evidence evidence) {
    return evidence.scheme().equals(SCHEME);
  }

  /** The scheme that proved the caller, to this server or to the first proxy. */
  static String scheme(Evidence evidence) {
    return isPassed(evidence)
        ? evidence.facts().stream()
            .filter(fact -> fact.field().equals(AUTHN_FIELD))
            .map(Fact::value)
            .findFirst()
            .orElse(SCHEME)
        : evidence.scheme();
  }

  /** The id of the transaction that the evidence names. */
  static Optional<String> transaction(Evidence evidence) {
    return isPassed(evidence)
        ? evidence.credentialId().filter(Claim::isTransaction)
        : Optional.empty();
  }
}
