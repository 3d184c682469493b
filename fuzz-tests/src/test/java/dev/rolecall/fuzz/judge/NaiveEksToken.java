package dev.rolecall.fuzz.judge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plain reading of EKS tokens and their requests: protocol.md, section 8. */
public final class NaiveEksToken {

  /** What such a token starts with. */
  public static final String PREFIX = "k8s-aws-v1.";

  private static final Map<String, String> ESCAPED =
      Map.of("%2B", "+", "%2F", "/", "%3B", ";", "%3D", "=");
  private static final String UNESCAPED = Text.UPPER + Text.LOWER + Text.DIGITS + "-._~";

  /**
   * The request in a token.
   *
   * @param scheme {@code https}, or {@code http} to loopback
   * @param host where it goes
   * @param parameters its parameters by name, decoded
   */
  public record Request(String scheme, String host, Map<String, String> parameters) {
    /** Copies. */
    public Request {
      parameters = new TreeMap<>(parameters);
    }

    /** {@code X-Amz-Credential}: key id, day, region, service and end. */
    public List<String> scope() {
      return Text.parts(parameters.getOrDefault("X-Amz-Credential", ""), '/');
    }
  }

  private NaiveEksToken() {}

  /** The token that carries a URL. */
  public static String of(String url) {
    return PREFIX
        + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(ISO_8859_1));
  }

  /** The request, if the text is such a token. */
  public static Optional<Request> read(String text) {
    if (text.length() > 7_600 || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String body = text.substring(PREFIX.length());
    if (!Text.is(body, 2, 7_600, Text.BASE64URL) || body.length() % 4 == 1) {
      return Optional.empty();
    }
    String url = new String(Base64.getUrlDecoder().decode(body), ISO_8859_1);
    return of(url).equals(text) ? request(url) : Optional.empty();
  }

  private static Optional<Request> request(String url) {
    int hostAt = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : -1;
    int queryAt = url.indexOf("/?", Math.max(hostAt, 0));
    if (hostAt < 0 || queryAt < 0) {
      return Optional.empty();
    }
    String host = url.substring(hostAt, queryAt);
    if (!NaiveName.isHost(host) || (hostAt == 7 && !isLoopback(Text.parts(host, ':').get(0)))) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : Text.parts(url.substring(queryAt + 2), '&')) {
      List<String> nameAndValue = Text.parts(parameter, '=');
      Optional<String> value =
          nameAndValue.size() == 2 ? decoded(nameAndValue.get(1)) : Optional.empty();
      if (value.isEmpty() || parameters.putIfAbsent(nameAndValue.get(0), value.get()) != null) {
        return Optional.empty();
      }
    }
    Request request = new Request(url.substring(0, url.indexOf(':')), host, parameters);
    return isGood(request) ? Optional.of(request) : Optional.empty();
  }

  private static boolean isGood(Request request) {
    Map<String, String> rest = new TreeMap<>(request.parameters());
    String date = String.valueOf(rest.get("X-Amz-Date"));
    List<String> scope = request.scope();
    String token = rest.remove("X-Amz-Security-Token");
    return "GetCallerIdentity".equals(rest.remove("Action"))
        && "2011-06-15".equals(rest.remove("Version"))
        && "AWS4-HMAC-SHA256".equals(rest.remove("X-Amz-Algorithm"))
        && "host;x-k8s-aws-id".equals(rest.remove("X-Amz-SignedHeaders"))
        && NaiveProof.isDate(date)
        && NaiveProof.isExpires(String.valueOf(rest.get("X-Amz-Expires")))
        && NaiveProof.isSignature(String.valueOf(rest.get("X-Amz-Signature")))
        && (token == null || NaiveProof.isSessionToken(token))
        && scope.size() == 5
        && NaiveProof.isKeyId(scope.get(0))
        && scope.get(1).equals(date.substring(0, 8))
        && Text.is(scope.get(2), 1, 64, Text.LOWER + Text.DIGITS + "-")
        && scope.get(3).equals("sts")
        && scope.get(4).equals("aws4_request")
        // Date, expiry, signature and credential, and nothing more.
        && rest.size() == 4;
  }

  private static boolean isLoopback(String name) {
    List<String> bytes = Text.parts(name, '.');
    return name.equals("localhost")
        || (bytes.size() == 4
            && bytes.get(0).equals("127")
            && bytes.stream()
                .allMatch(
                    b ->
                        Text.is(b, 1, 3, Text.DIGITS)
                            && Integer.parseInt(b) < 256
                            && (b.length() == 1 || b.charAt(0) != '0')));
  }

  private static Optional<String> decoded(String value) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '%') {
        String escape = value.substring(i, Math.min(i + 3, value.length()));
        if (!ESCAPED.containsKey(escape)) {
          return Optional.empty();
        }
        decoded.append(ESCAPED.get(escape));
        i += 2;
      } else if (UNESCAPED.indexOf(value.charAt(i)) >= 0) {
        decoded.append(value.charAt(i));
      } else {
        return Optional.empty();
      }
    }
    return decoded.isEmpty() ? Optional.empty() : Optional.of(decoded.toString());
  }
}
