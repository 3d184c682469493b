package dev.rolecall.jwt.key;

/** The rule by which a whole key set is not read. Its words are fixed, so they may be logged. */
public enum KeySetFlaw {
  /** More than 262,144 bytes. */
  TOO_LARGE("the key set is larger than 262144 bytes"),
  /** No JSON object, or one with a name twice. */
  NOT_JSON("the key set is not one JSON object with each name once"),
  /** No list {@code keys}. */
  NO_KEYS("the key set has no list keys"),
  /** More than 100 keys. */
  TOO_MANY("the key set has more than 100 keys");

  private final String words;

  KeySetFlaw(String words) {
    this.words = words;
  }

  /** The flaw in a few words. */
  public String words() {
    return words;
  }
}
