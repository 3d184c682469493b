package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;

/**
 * The settings of a node that issues grant tokens. Nodes that share a store have the same.
 *
 * @param issuer the name of the service in tokens ({@code iss}): 1 to 256 characters. An enforcer
 *     that has the keys from a file compares it
 * @param sealing seals the private keys
 * @param keys the settings of the keys
 * @param random draws the keys
 * @param replacesKeys whether the start replaces all keys of the store, and refuses their tokens
 */
public record GrantTokenSettings(
    String issuer,
    KeySealing sealing,
    TokenKeySettings keys,
    SecureRandom random,
    boolean replacesKeys) {

  private static final int LONGEST = 256;

  /** Settings of a start that keeps the keys of the store. */
  public GrantTokenSettings(
      String issuer, KeySealing sealing, TokenKeySettings keys, SecureRandom random) {
    this(issuer, sealing, keys, random, false);
  }

  /**
   * The same for a start that replaces all keys of the store by new ones: for a seal whose secret
   * is lost. Tokens that are under way open nothing from then on. For one start, not for each.
   */
  public GrantTokenSettings replacingAllKeysAndRefusingTheirTokens() {
    return new GrantTokenSettings(issuer, sealing, keys, random, true);
  }

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it breaks its rule above
   */
  public GrantTokenSettings {
    requireNonNull(sealing, "sealing");
    requireNonNull(keys, "keys");
    requireNonNull(random, "random");
    if (issuer.isEmpty() || issuer.length() > LONGEST) {
      throw new IllegalArgumentException(
          "issuer of grant tokens: " + issuer.length() + " characters (expected: 1 to 256)");
    }
  }
}
