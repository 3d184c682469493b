package dev.rolecall.proof;

import dev.rolecall.identity.Audience;
import java.util.Optional;

/**
 * The reader of {@code rolecall-v1}: nine fields between tildes, each with its rule and one
 * spelling. Length is checked before anything is copied.
 */
final class ProofText {

  static final String PREFIX = "rolecall-v1";

  private static final char SEPARATOR = '~';
  private static final int FIELDS = 9;

  private ProofText() {}

  static ProofReading read(String text) {
    if (text.length() > CallerProof.MAX_LENGTH) {
      return malformed("at most " + CallerProof.MAX_LENGTH + " characters");
    }
    if (!text.startsWith(PREFIX)
        || (text.length() > PREFIX.length() && text.charAt(PREFIX.length()) != SEPARATOR)) {
      return malformed("starts with " + PREFIX + "~");
    }
    String[] fields = new String[FIELDS];
    return split(text, fields) ? read(text, fields) : malformed("nine fields separated by ~");
  }

  /** Whether the text has as many fields as there is room for. */
  private static boolean split(String text, String[] fields) {
    int from = 0;
    for (int field = 0; field < fields.length - 1; field++) {
      int end = text.indexOf(SEPARATOR, from);
      if (end < 0) {
        return false;
      }
      fields[field] = text.substring(from, end);
      from = end + 1;
    }
    fields[fields.length - 1] = text.substring(from);
    return text.indexOf(SEPARATOR, from) < 0;
  }

  private static ProofReading read(String text, String[] fields) {
    if (!Audience.isValid(fields[5])) {
      return malformed("audience is 1 to 128 characters of a-z 0-9 . -");
    }
    Optional<ProofBinding> binding = ProofBinding.parse(fields[6]);
    if (binding.isEmpty()) {
      return malformed("binding is bearer, channel.{hash} or key.{hash}");
    }
    Audience audience = new Audience(fields[5]);
    return SignedFields.read(
        new SignedFields.Texts(fields[1], fields[2], fields[3], fields[4], fields[7], fields[8]),
        signed -> new CallerProof(text, signed, signed.expires, audience, binding.get()));
  }

  private static ProofReading malformed(String rule) {
    return new ProofReading.Malformed(rule);
  }
}
