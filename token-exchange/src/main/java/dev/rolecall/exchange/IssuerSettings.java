package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.ring.KeysInForce;
import java.security.SecureRandom;

/**
 * The issuer of tokens.
 *
 * @param url its name
 * @param keys the keys that it signs with
 * @param life how long its tokens live
 * @param random draws the ids of tokens
 */
record IssuerSettings(IssuerUrl url, KeysInForce keys, TokenLife life, SecureRandom random) {

  IssuerSettings {
    requireNonNull(url, "url");
    requireNonNull(keys, "keys");
    requireNonNull(life, "life");
    requireNonNull(random, "random");
  }
}
