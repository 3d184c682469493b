package dev.rolecall.access.lookup;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;

/**
 * The rule of credentials that are bound to a client certificate. It is held against each
 * connection that brings one: an answer that is remembered, or shared by those who wait, is no
 * answer for the connection of another client.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3">RFC 8705, section 3</a>
 */
final class SenderRule {

  private static final Verification MISMATCH =
      new Verification.Refused(RefusalReason.SENDER_MISMATCH);

  private SenderRule() {}

  /** The verdict on a credential that came in on that connection. */
  static Verification on(Connection connection, Verification verdict) {
    return verdict instanceof Verification.Verified verified
            && verified.sender().isPresent()
            && !verified.sender().equals(connection.sender())
        ? MISMATCH
        : verdict;
  }
}
