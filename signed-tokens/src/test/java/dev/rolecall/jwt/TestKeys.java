package dev.rolecall.jwt;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyKind;
import dev.rolecall.jwt.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Two pairs of each kind for a whole run. */
public final class TestKeys {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair RSA = RsaPairs.one();
  private static final KeyPair OTHER_RSA = RsaPairs.other();
  private static final Map<KeyKind, KeyPair> ONE = new ConcurrentHashMap<>();
  private static final Map<KeyKind, KeyPair> OTHER = new ConcurrentHashMap<>();

  private TestKeys() {}

  /** The key of that algorithm; its id is its thumbprint. */
  public static SigningKey key(Algorithm algorithm) {
    return SigningKey.of(algorithm, Optional.empty(), pair(algorithm.kind()), RANDOM);
  }

  /** The key of that algorithm with an id. */
  public static SigningKey key(Algorithm algorithm, String kid) {
    return SigningKey.of(algorithm, Optional.of(kid), pair(algorithm.kind()), RANDOM);
  }

  /** Another key of that algorithm. */
  public static SigningKey otherKey(Algorithm algorithm) {
    return SigningKey.of(algorithm, Optional.empty(), otherPair(algorithm.kind()), RANDOM);
  }

  /** The pair behind the keys of that kind. */
  public static KeyPair pair(KeyKind kind) {
    return kind == KeyKind.RSA ? RSA : ONE.computeIfAbsent(kind, TestKeys::generate);
  }

  /** The pair behind the other keys of that kind. */
  public static KeyPair otherPair(KeyKind kind) {
    return kind == KeyKind.RSA ? OTHER_RSA : OTHER.computeIfAbsent(kind, TestKeys::generate);
  }

  private static KeyPair generate(KeyKind kind) {
    return switch (kind) {
      case RSA -> throw new IllegalArgumentException("see RsaPairs");
      case P_256 -> generate("EC", new ECGenParameterSpec("secp256r1"));
      case P_384 -> generate("EC", new ECGenParameterSpec("secp384r1"));
      case P_521 -> generate("EC", new ECGenParameterSpec("secp521r1"));
      case ED25519 -> generate("Ed25519", NamedParameterSpec.ED25519);
    };
  }

  /** A new pair by the JDK's generator. */
  public static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
