package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as a client does, written by hand and apart from the code it tests. Every part can be set
 * wrong before signing.
 */
final class TestSigner {

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final URI endpoint;
  private final String accessKeyId;
  private final String secretAccessKey;
  private final String amzDate;
  private final Map<String, String> parameters = new TreeMap<>();
  private final Map<String, String> headers = new TreeMap<>();
  private String scope;
  private String sessionToken;
  private boolean signsHost = true;

  TestSigner(URI endpoint, EmulatedCredentials credentials, Instant at) {
    this.endpoint = endpoint;
    this.accessKeyId = credentials.accessKeyId();
    this.secretAccessKey = credentials.secretAccessKey();
    this.sessionToken = credentials.sessionToken().orElse("");
    this.amzDate = AMZ_DATE.format(at);
    this.scope = amzDate.substring(0, 8) + "/eu-west-1/sts/aws4_request";
    action("GetCallerIdentity").parameter("Version", "2011-06-15");
  }

  TestSigner action(String action) {
    return parameter("Action", action);
  }

  TestSigner parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  TestSigner without(String name) {
    parameters.remove(name);
    return this;
  }

  TestSigner header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  TestSigner scope(String text) {
    scope = text;
    return this;
  }

  TestSigner sessionToken(String token) {
    sessionToken = token;
    return this;
  }

  TestSigner withoutHost() {
    signsHost = false;
    return this;
  }

  /** The query form. */
  URI presign() {
    Map<String, String> query = new TreeMap<>(parameters);
    query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.put("X-Amz-Credential", accessKeyId + "/" + scope);
    query.put("X-Amz-Date", amzDate);
    query.putIfAbsent("X-Amz-Expires", "60");
    if (!sessionToken.isEmpty()) {
      query.put("X-Amz-Security-Token", sessionToken);
    }
    Map<String, String> signed = signedHeaders();
    query.put("X-Amz-SignedHeaders", String.join(";", signed.keySet()));
    String text = encoded(query);
    return URI.create(
        endpoint + "/?" + text + "&X-Amz-Signature=" + signature("GET", text, signed, ""));
  }

  HttpRequest get() {
    return withHeaders(HttpRequest.newBuilder(presign())).build();
  }

  /** The header form, parameters in the query. */
  HttpRequest signedGet() {
    String query = encoded(parameters);
    return authorized("GET", query, "", HttpRequest.newBuilder(URI.create(endpoint + "/?" + query)))
        .build();
  }

  /** The header form, parameters in the body. */
  HttpRequest signedPost() {
    String body = encoded(parameters);
    header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    return authorized("POST", "", body, HttpRequest.newBuilder(endpoint.resolve("/")))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder authorized(
      String method, String query, String body, HttpRequest.Builder request) {
    header("x-amz-date", amzDate);
    if (!sessionToken.isEmpty()) {
      header("x-amz-security-token", sessionToken);
    }
    Map<String, String> signed = signedHeaders();
    return withHeaders(request)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    accessKeyId,
                    scope,
                    String.join(";", signed.keySet()),
                    signature(method, query, signed, body)));
  }

  private Map<String, String> signedHeaders() {
    Map<String, String> signed = new TreeMap<>(headers);
    if (signsHost) {
      signed.put("host", endpoint.getAuthority());
    }
    return signed;
  }

  private HttpRequest.Builder withHeaders(HttpRequest.Builder request) {
    headers.forEach(request::header);
    return request;
  }

  private String signature(String method, String query, Map<String, String> signed, String body) {
    String lines =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(joining());
    String canonical =
        method
            + "\n/\n"
            + query
            + "\n"
            + lines
            + "\n"
            + String.join(";", signed.keySet())
            + "\n"
            + sha256(body);
    String toSign = "AWS4-HMAC-SHA256\n" + amzDate + "\n" + scope + "\n" + sha256(canonical);
    byte[] key = ("AWS4" + secretAccessKey).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
