package dev.rolecall.jwt.key;

import dev.rolecall.jwt.internal.Base64Url;
import dev.rolecall.jwt.json.JsonValue;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The reader of one JSON Web Key (RFC 7517, section 4). Members that it does not know are ignored,
 * {@code x5u}, {@code x5c} and the like among them: a key is trusted by the place it was found at.
 */
final class JwkReader {

  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final Set<String> USES = Set.of("sig", "jwt-svid");

  private final JsonValue.Members jwk;

  private JwkReader(JsonValue.Members jwk) {
    this.jwk = jwk;
  }

  static JwkReading read(JsonValue value) {
    if (!(value instanceof JsonValue.Members jwk)) {
      return new JwkReading.Unusable(Optional.empty(), KeyFlaw.NOT_AN_OBJECT);
    }
    Optional<String> kid = jwk.text("kid").filter(KeyId::isValid);
    try {
      return new JwkReading.Usable(new JwkReader(jwk).key(kid));
    } catch (FlawException e) {
      return new JwkReading.Unusable(kid, e.flaw);
    }
  }

  private VerificationKey key(Optional<String> kid) throws FlawException {
    refuse(jwk.text("kty").filter("oct"::equals).isPresent(), KeyFlaw.SYMMETRIC);
    refuse(PRIVATE.stream().anyMatch(jwk::has), KeyFlaw.PRIVATE);
    refuse(jwk.has("kid") && kid.isEmpty(), KeyFlaw.KID_FORM);
    refuse(jwk.has("use") && !jwk.text("use").map(USES::contains).orElse(false), KeyFlaw.USE_OTHER);
    refuse(jwk.has("key_ops") && !mayVerify(), KeyFlaw.OPERATIONS_OTHER);
    KeyKind kind = kind();
    Optional<Algorithm> algorithm = jwk.text("alg").flatMap(Algorithm::named);
    refuse(
        jwk.has("alg") && !algorithm.map(own -> own.kind() == kind).orElse(false),
        KeyFlaw.ALGORITHM_OTHER);
    return VerificationKey.of(kid, algorithm, publicKey(kind));
  }

  private boolean mayVerify() {
    if (!(jwk.get("key_ops").orElseThrow() instanceof JsonValue.Items operations)) {
      return false;
    }
    Set<JsonValue> names = new HashSet<>(operations.values());
    return names.size() == operations.values().size()
        && names.stream().allMatch(JsonValue.Text.class::isInstance)
        && names.contains(new JsonValue.Text("verify"));
  }

  private KeyKind kind() throws FlawException {
    Optional<String> type = jwk.text("kty");
    List<KeyKind> ofType =
        Stream.of(KeyKind.values()).filter(kind -> type.equals(Optional.of(kind.type()))).toList();
    refuse(ofType.isEmpty(), KeyFlaw.TYPE_UNKNOWN);
    Optional<String> curve = ofType.contains(KeyKind.RSA) ? Optional.empty() : jwk.text("crv");
    return ofType.stream()
        .filter(kind -> kind.curve().equals(curve))
        .findAny()
        .orElseThrow(() -> new FlawException(KeyFlaw.CURVE_UNKNOWN));
  }

  private PublicKey publicKey(KeyKind kind) throws FlawException {
    return switch (kind) {
      case RSA -> {
        BigInteger modulus = shortest("n");
        BigInteger exponent = shortest("e");
        judge(RsaRules.flaw(modulus, exponent));
        yield PublicKeys.rsa(modulus, exponent);
      }
      case ED25519 -> {
        PublicKey key = PublicKeys.ed25519(bytes("x", PublicKeys.ED25519_SIZE));
        judge(PublicKeys.flaw(kind, key));
        yield key;
      }
      case P_256, P_384, P_521 -> {
        EllipticCurve curve = EllipticCurve.of(kind);
        ECPoint point =
            new ECPoint(
                new BigInteger(1, bytes("x", curve.size())),
                new BigInteger(1, bytes("y", curve.size())));
        refuse(!curve.has(point), KeyFlaw.POINT);
        yield PublicKeys.ec(curve, point);
      }
    };
  }

  /** A number in as few bytes as it needs (RFC 7518, section 2, "Base64urlUInt"). */
  private BigInteger shortest(String name) throws FlawException {
    byte[] bytes = bytes(name);
    refuse(bytes.length == 0 || bytes[0] == 0, KeyFlaw.NUMBER_FORM);
    return new BigInteger(1, bytes);
  }

  private byte[] bytes(String name, int size) throws FlawException {
    byte[] bytes = bytes(name);
    refuse(bytes.length != size, KeyFlaw.NUMBER_FORM);
    return bytes;
  }

  private byte[] bytes(String name) throws FlawException {
    return jwk.text(name)
        .flatMap(Base64Url::decode)
        .orElseThrow(() -> new FlawException(KeyFlaw.NUMBER_FORM));
  }

  private static void judge(Optional<KeyFlaw> flaw) throws FlawException {
    if (flaw.isPresent()) {
      throw new FlawException(flaw.get());
    }
  }

  private static void refuse(boolean broken, KeyFlaw flaw) throws FlawException {
    if (broken) {
      throw new FlawException(flaw);
    }
  }

  /** The way out of a reading, without a stack trace. */
  private static final class FlawException extends Exception {

    private static final long serialVersionUID = 1;

    private final KeyFlaw flaw;

    FlawException(KeyFlaw flaw) {
      super(flaw.words(), null, false, false);
      this.flaw = flaw;
    }
  }
}
