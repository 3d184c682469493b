package dev.rolecall.benchmarks.fleet;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Tokens that only the check of the signature can tell from good ones: well-formed, of the issuer's
 * key, and no two alike; only the signature is made up. For one thread.
 */
public final class ForgedTokens {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String signed;
  private final byte[] signature;
  private final RandomGenerator random;

  /** Spoils that token. */
  public ForgedTokens(String token, RandomGenerator random) {
    int dot = token.lastIndexOf('.');
    this.signed = token.substring(0, dot + 1);
    this.signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    this.random = requireNonNull(random, "random");
  }

  /** The text of one more. */
  public String next() {
    random.nextBytes(signature);
    return signed + BASE64.encodeToString(signature);
  }
}
