package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.security.SecureRandom;

/**
 * The public id of an API key, by which files, logs and audit records name it. Not a secret.
 *
 * @param value 12 characters of {@code [0-9A-Za-z]}
 */
public record ApiKeyId(String value) {

  static final int LENGTH = 12;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public ApiKeyId {
    requireNonNull(value, "value");
    if (!Base62.isValid(value, LENGTH)) {
      throw InvalidValue.of("key id", value, LENGTH + " characters of " + Base62.RULE);
    }
  }

  /**
   * The id of that text.
   *
   * @throws IllegalArgumentException if the text is no id; the message does not quote one that may
   *     be a whole key
   */
  public static ApiKeyId parse(String text) {
    if (text.startsWith(ApiKey.PREFIX)) {
      throw new IllegalArgumentException(
          "key id: a whole key (expected: the "
              + LENGTH
              + " characters after "
              + ApiKey.PREFIX
              + ", alone)");
    }
    return new ApiKeyId(text);
  }

  static ApiKeyId random(SecureRandom random) {
    return new ApiKeyId(Base62.random(random, LENGTH));
  }

  @Override
  public String toString() {
    return value;
  }
}
