package dev.rolecall.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.internal.Alphabet;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reader of {@code k8s-aws-v1}: base64url of one presigned URL, of which no other form is read.
 * No URL parser is asked, because what two parsers disagree on is where an attacker hides a host or
 * a second parameter. Names are compared with their case, each stands once, and a value has one
 * percent-encoding; the order of the parameters is free, as it is in what was signed.
 */
final class EksTokenText {

  static final String PREFIX = "k8s-aws-v1.";

  /** STS's own limit. Clients sign 60 seconds, which STS ignores, and reuse a token for 14 min. */
  private static final Duration LIFE = Duration.ofMinutes(15);

  private static final Alphabet UNRESERVED = Alphabet.BASE64URL.and(Alphabet.of(".~"));

  /** Every character that a value may hold and SigV4 escapes, as SigV4 escapes it. */
  private static final Map<String, String> ESCAPES =
      Map.of("%2B", "+", "%2F", "/", "%3B", ";", "%3D", "=");

  private static final Alphabet REGION = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-"));
  private static final int LONGEST_REGION = 64;

  private static final Map<String, String> FIXED =
      Map.of(
          "Action", "GetCallerIdentity",
          "Version", "2011-06-15",
          "X-Amz-Algorithm", "AWS4-HMAC-SHA256",
          "X-Amz-SignedHeaders", "host;x-k8s-aws-id");
  private static final Set<String> CHOSEN =
      Set.of("X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature");
  private static final String SESSION_TOKEN = "X-Amz-Security-Token";
  private static final int MAX_PARAMETERS = 9;

  private EksTokenText() {}

  static ProofReading read(String text, Audience audience) {
    if (text.length() > CallerProof.MAX_EKS_TOKEN_LENGTH) {
      return malformed("at most " + CallerProof.MAX_EKS_TOKEN_LENGTH + " characters");
    }
    if (!text.startsWith(PREFIX)) {
      return malformed("starts with " + PREFIX);
    }
    return decoded(text.substring(PREFIX.length()))
        .map(url -> read(text, url, audience))
        .orElseGet(() -> malformed("base64url without padding, its spare bits zero"));
  }

  private static ProofReading read(String text, String url, Audience audience) {
    Optional<EksTokenUrl> parts = EksTokenUrl.read(url);
    if (parts.isEmpty()) {
      return malformed("https://{host}/?{parameters}");
    }
    Optional<Map<String, String>> parameters = parameters(parts.get().query());
    if (parameters.isEmpty()) {
      return malformed("the parameters of one presigned request, each once, in one encoding");
    }
    Map<String, String> values = parameters.get();
    String amzDate = values.getOrDefault("X-Amz-Date", "");
    String[] scope = values.getOrDefault("X-Amz-Credential", "").split("/", -1);
    if (!isScope(scope, amzDate)) {
      return malformed("X-Amz-Credential is {key id}/{day}/{region}/sts/aws4_request");
    }
    return SignedFields.read(
        new SignedFields.Texts(
            parts.get().host(),
            scope[0],
            amzDate,
            values.getOrDefault("X-Amz-Expires", ""),
            values.getOrDefault("X-Amz-Signature", ""),
            values.getOrDefault(SESSION_TOKEN, "")),
        signed -> new CallerProof(text, signed, LIFE, audience, ProofBinding.ClusterName.INSTANCE));
  }

  /** One spelling a URL: what does not encode to itself again is no base64url here. */
  private static Optional<String> decoded(String base64Url) {
    // One character over a multiple of four is six bits, no byte.
    if (!Alphabet.BASE64URL.spells(base64Url, 1, CallerProof.MAX_EKS_TOKEN_LENGTH)
        || base64Url.length() % 4 == 1) {
      return Optional.empty();
    }
    byte[] url = Base64.getUrlDecoder().decode(base64Url);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(url).equals(base64Url)
        ? Optional.of(new String(url, ISO_8859_1))
        : Optional.empty();
  }

  /** The decoded values, if all that must be there is, once, and nothing else. */
  private static Optional<Map<String, String>> parameters(String query) {
    Map<String, String> values = new HashMap<>();
    for (String parameter : query.split("&", MAX_PARAMETERS + 1)) {
      int equals = parameter.indexOf('=');
      String name = parameter.substring(0, Math.max(equals, 0));
      boolean known =
          FIXED.containsKey(name) || CHOSEN.contains(name) || name.equals(SESSION_TOKEN);
      Optional<String> value = unescaped(parameter.substring(equals + 1));
      if (!known || value.isEmpty() || values.putIfAbsent(name, value.get()) != null) {
        return Optional.empty();
      }
    }
    return values.entrySet().containsAll(FIXED.entrySet()) && values.keySet().containsAll(CHOSEN)
        ? Optional.of(values)
        : Optional.empty();
  }

  /** The value, if it is not empty and escapes what SigV4 escapes, and nothing else. */
  private static Optional<String> unescaped(String encoded) {
    StringBuilder value = new StringBuilder(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (UNRESERVED.has(c)) {
        value.append(c);
        continue;
      }
      String escaped = ESCAPES.get(encoded.substring(i, Math.min(i + 3, encoded.length())));
      if (escaped == null) {
        return Optional.empty();
      }
      value.append(escaped);
      i += 2;
    }
    return value.isEmpty() ? Optional.empty() : Optional.of(value.toString());
  }

  /**
   * Whether it is a scope of STS on the day of the date. The Region's name is read for its form
   * alone: a request is rebuilt with the Region of the verifier's endpoint.
   */
  private static boolean isScope(String[] scope, String amzDate) {
    return scope.length == 5
        && amzDate.startsWith(scope[1] + "T")
        && REGION.spells(scope[2], 1, LONGEST_REGION)
        && scope[3].equals("sts")
        && scope[4].equals("aws4_request");
  }

  private static ProofReading malformed(String rule) {
    return new ProofReading.Malformed(rule);
  }
}
