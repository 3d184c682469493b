package dev.rolecall.stsemulator.internal.token;

import java.util.Arrays;
import java.util.Optional;

/**
 * An algorithm of GetWebIdentityToken. The constants' names are those of RFC 7518, section 3.1.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">
 *     GetWebIdentityToken</a>
 */
public enum SigningAlgorithm {
  /** RSA with SHA-256, keys of 2,048 bits. */
  RS256("SHA256withRSA", "RSA_"),
  /** ECDSA with SHA-384 on P-384; the signature is r and s, 48 bytes each. */
  ES384("SHA384withECDSAinP1363Format", "EC384_");

  private final String jdkName;
  private final String keyPrefix;

  SigningAlgorithm(String jdkName, String keyPrefix) {
    this.jdkName = jdkName;
    this.keyPrefix = keyPrefix;
  }

  /** The algorithm of that name, in this case; empty if there is none. */
  public static Optional<SigningAlgorithm> ofName(String name) {
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }

  String jdkName() {
    return jdkName;
  }

  /** The id of that generation's key, as AWS names the first: {@code RSA_0}, {@code EC384_0}. */
  String keyId(int generation) {
    return keyPrefix + generation;
  }
}
