package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * The proof of a caller's identity, for logs and audit records. No part of it is a secret, and no
 * pattern of a policy reads it.
 *
 * @param scheme the scheme that proved the principal, 1 to 32 characters of {@code [a-z0-9-]}:
 *     {@code aws-iam}
 * @param carrier the carrier of the credential
 * @param sessionName the name of the session, which the caller chooses: 1 to 64 characters of
 *     {@code [A-Za-z0-9_+=,.@-]}. Good for a log, never for a decision
 * @param credentialId the public name of the credential: for a role the id of the access key, by
 *     which CloudTrail knows the session
 * @param facts further facts, such as the endpoint that the credential was made for, in the order
 *     that records write them
 * @param outlived whether the credential lapses before what it proves, as the proof of a role's
 *     session does: a stream may then go on for a grace, until a new credential has taken over
 */
public record Evidence(
    String scheme,
    Carrier carrier,
    Optional<String> sessionName,
    Optional<String> credentialId,
    List<Fact> facts,
    boolean outlived) {

  private static final Alphabet SCHEME = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-"));
  private static final Alphabet SESSION_NAME =
      Alphabet.range('A', 'Z').and(Alphabet.LOWER_AND_DIGITS).and(Alphabet.of("_+=,.@-"));
  private static final int LONGEST_SCHEME = 32;
  private static final int LONGEST_SESSION_NAME = 64;

  /** The place where a credential came from. */
  public enum Carrier {
    /** The metadata of the call. */
    CALL_METADATA("call_metadata"),
    /**
     * The certificate of the connection's TLS handshake, which a certificate authority of the
     * server's choice has signed.
     */
    CLIENT_CERTIFICATE("client_certificate"),
    /**
     * The certificate of the connection's TLS handshake, bound to the key that was proven there.
     */
    PEER_CERTIFICATE("attested_certificate");

    private final String label;

    Carrier(String label) {
      this.label = label;
    }

    /** The word that records write. */
    public String label() {
      return label;
    }
  }

  /**
   * Checks the scheme and the session's name.
   *
   * @throws IllegalArgumentException if one breaks its rule
   */
  public Evidence {
    requireNonNull(scheme, "scheme");
    requireNonNull(carrier, "carrier");
    requireNonNull(sessionName, "sessionName");
    requireNonNull(credentialId, "credentialId");
    facts = List.copyOf(facts);
    if (!SCHEME.spells(scheme, 1, LONGEST_SCHEME)) {
      throw InvalidValue.of("scheme", scheme, "1 to 32 characters of a-z 0-9 -");
    }
    if (sessionName.isPresent()
        && !SESSION_NAME.spells(sessionName.get(), 1, LONGEST_SESSION_NAME)) {
      throw InvalidValue.of(
          "session name", sessionName.get(), "1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -");
    }
  }

  /** Evidence of a credential whose end is the end of what it proves. */
  public Evidence(
      String scheme,
      Carrier carrier,
      Optional<String> sessionName,
      Optional<String> credentialId,
      List<Fact> facts) {
    this(scheme, carrier, sessionName, credentialId, facts, false);
  }

  /** Evidence of a scheme that knows no sessions. */
  public static Evidence of(String scheme, Carrier carrier) {
    return new Evidence(scheme, carrier, Optional.empty(), Optional.empty(), List.of());
  }

  /** Evidence of a session, which goes on when the credential lapses. */
  public static Evidence ofSession(String scheme, Carrier carrier, String sessionName) {
    return new Evidence(
        scheme, carrier, Optional.of(sessionName), Optional.empty(), List.of(), true);
  }

  /** The same evidence with the public name of the credential and the facts of it. */
  public Evidence with(String credentialId, List<Fact> facts) {
    return new Evidence(scheme, carrier, sessionName, Optional.of(credentialId), facts, outlived);
  }
}
