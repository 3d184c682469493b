package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that is to be made.
 *
 * @param ask its content; for an extension with the holder and the scope of the grant
 * @param terms what it is decided by
 * @param idempotencyKey 1 to 100 printable ASCII characters of the client's choice; requests of one
 *     party under one key are one request
 * @param extendedGrant the id of the grant that it extends; present for an extension alone
 */
public record NewRequest(
    Ask ask, Terms terms, Optional<String> idempotencyKey, Optional<String> extendedGrant) {

  private static final Pattern KEY = Pattern.compile("[ -~]{1,100}");

  /**
   * Checks the key, and that an extension names its grant.
   *
   * @throws IllegalArgumentException if a value breaks its rule above
   */
  public NewRequest {
    requireNonNull(terms, "terms");
    idempotencyKey = idempotencyKey.map(NewRequest::checkedKey);
    if (extendedGrant.isPresent() != (ask.kind() == AskKind.EXTENSION)) {
      throw new IllegalArgumentException(
          "extended grant: "
              + extendedGrant.orElse("none")
              + " (expected: a grant for an extension, none for other requests)");
    }
  }

  /**
   * The same text, which is an idempotency key.
   *
   * @throws IllegalArgumentException if it has not 1 to 100 printable ASCII characters
   */
  public static String checkedKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw InvalidValue.of("idempotency key", key, "1 to 100 printable ASCII characters");
    }
    return key;
  }
}
