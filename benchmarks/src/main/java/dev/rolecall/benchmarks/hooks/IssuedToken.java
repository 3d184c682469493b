package dev.rolecall.benchmarks.hooks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A token of 900 characters as issuers make them, with what it takes to check it. */
final class IssuedToken {

  static final String ISSUER = "https://idp.example/";

  /** The time at which it is valid, in seconds. */
  static final long NOW = 1_796_000_000L;

  private static final int LENGTH = 900;

  private final String text;
  private final KeySet keys;
  private final PublicKey key;
  private final String signatureName;

  private IssuedToken(String text, KeySet keys, PublicKey key, String signatureName) {
    this.text = text;
    this.keys = keys;
    this.key = key;
    this.signatureName = signatureName;
  }

  static IssuedToken of(Algorithm algorithm) {
    KeyPair pair = pair(algorithm);
    SigningKey key = SigningKey.of(algorithm, Optional.of("key-1"), pair, new SecureRandom());
    TokenSigner signer = TokenSigner.of(key);
    int padding = 0;
    while (text(signer, padding).length() < LENGTH) {
      padding++;
    }
    return new IssuedToken(
        text(signer, padding),
        KeySet.of(List.of(key.verificationKey())),
        pair.getPublic(),
        signatureName(algorithm));
  }

  private static KeyPair pair(Algorithm algorithm) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm.kind()) {
                case RSA -> "RSA";
                case ED25519 -> "Ed25519";
                case P_256, P_384, P_521 -> "EC";
              });
      switch (algorithm.kind()) {
        case RSA -> generator.initialize(2_048);
        case P_256 -> generator.initialize(256);
        case P_384 -> generator.initialize(384);
        case P_521 -> generator.initialize(521);
        case ED25519 -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signatureName(Algorithm algorithm) {
    return switch (algorithm) {
      case RS256 -> "SHA256withRSA";
      case RS384 -> "SHA384withRSA";
      case RS512 -> "SHA512withRSA";
      case ES256 -> "SHA256withECDSAinP1363Format";
      case ES384 -> "SHA384withECDSAinP1363Format";
      case ES512 -> "SHA512withECDSAinP1363Format";
      case EDDSA -> "Ed25519";
      case PS256, PS384, PS512 -> throw new IllegalArgumentException(algorithm.jose());
    };
  }

  private static String text(TokenSigner signer, int padding) {
    return signer
        .sign(
            "at+jwt",
            new ObjectBuilder()
                .put("iss", ISSUER)
                .put("sub", "0oa1b2c3d4e5f6g7h8i9")
                .put("aud", SignedProofs.AUDIENCE)
                .put("iat", NOW - 10)
                .put("exp", NOW + 300)
                .put("jti", "0123456789abcdef0123456789abcdef")
                .put("client_id", "checkout")
                .put("scope", "orders:read orders:write")
                .put("padding", "p".repeat(padding))
                .build())
        .text();
  }

  String text() {
    return text;
  }

  KeySet keys() {
    return keys;
  }

  /** The part that is signed. */
  byte[] input() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(US_ASCII);
  }

  byte[] signature() {
    return Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('.') + 1));
  }

  /** Whether the JDK alone takes that signature over that input. */
  boolean isSigned(byte[] input, byte[] signature) {
    try {
      Signature check = Signature.getInstance(signatureName);
      check.initVerify(key);
      check.update(input);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
