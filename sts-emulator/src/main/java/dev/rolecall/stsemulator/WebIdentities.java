package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registered web identity tokens. Safe for use by many threads.
 *
 * <p>Unlike STS, the emulator neither reads a token nor asks its issuer. It compares the whole text
 * with the registered tokens.
 */
final class WebIdentities {

  /** The audience every token is said to be for; what EKS asks for. */
  static final String AUDIENCE = "sts.amazonaws.com";

  /** The issuer every token is said to come from. */
  static final String PROVIDER = "sts-emulator.invalid";

  private final Map<String, String> subjects = new ConcurrentHashMap<>();

  void accept(String token, String subject) {
    subjects.put(token, subject);
  }

  String subjectOf(String token) throws StsRefusal {
    String subject = subjects.get(token);
    if (subject == null) {
      throw new StsRefusal(
          StsErrorCode.INVALID_IDENTITY_TOKEN,
          "The web identity token that was passed could not be validated by the emulator.");
    }
    return subject;
  }
}
