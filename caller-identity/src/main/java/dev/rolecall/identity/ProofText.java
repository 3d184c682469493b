package dev.rolecall.identity;

import java.util.Optional;

/**
 * The reader of {@code rolecall-v1}: nine fields between tildes, each with a rule of its own and
 * one spelling. Length is checked before anything is copied.
 */
final class ProofText {

  static final String PREFIX = "rolecall-v1";

  private static final int FIELDS = 9;

  private ProofText() {}

  static ProofReading read(String text) {
    if (text.length() > CallerProof.MAX_LENGTH) {
      return malformed("at most " + CallerProof.MAX_LENGTH + " characters");
    }
    String[] fields = text.split("~", -1);
    if (!fields[0].equals(PREFIX)) {
      return malformed("starts with " + PREFIX + "~");
    }
    if (fields.length != FIELDS) {
      return malformed("nine fields separated by ~");
    }
    return read(text, fields);
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
        fields[1],
        fields[2],
        fields[3],
        fields[4],
        fields[7],
        fields[8],
        signed -> new CallerProof(text, signed, signed.expires, audience, binding.get()));
  }

  private static ProofReading malformed(String rule) {
    return new ProofReading.Malformed(rule);
  }
}
