package dev.rolecall.verifier.internal.http;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The presigned GetCallerIdentity request that a proof stands for, rebuilt. Every name, the host,
 * the Region and the audience are the verifier's own. The proof gives only the access key id, the
 * date, the expiry, the session token and the signature. Each has an alphabet that cannot leave its
 * parameter.
 *
 * <p>Holds secrets: {@code toString} masks them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public final class StsRequest {

  private static final int DATE_LENGTH = "yyyymmdd".length();
  private static final int SIGNATURE_LENGTH = 64;
  private static final Audience NOBODYS_AUDIENCE = Audience.of("rolecall");
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StsEndpoint endpoint;
  private final URI uri;
  private final SortedMap<String, String> headers;
  private final boolean newConnection;

  private StsRequest(
      StsEndpoint endpoint, URI uri, SortedMap<String, String> headers, boolean newConnection) {
    this.endpoint = endpoint;
    this.uri = uri;
    this.headers = headers;
    this.newConnection = newConnection;
  }

  /**
   * The request that {@code proof} would have signed, had it been meant for this verifier.
   *
   * @param endpoint the verifier's entry for the proof's host
   * @param audience the verifier's own audience
   * @param proof a proof whose binding the verifier has found equal to one of its own
   */
  public static StsRequest rebuild(StsEndpoint endpoint, Audience audience, CallerProof proof) {
    requireNonNull(endpoint, "endpoint");
    SortedMap<String, String> headers = new TreeMap<>(proof.binding().signedHeaders(audience));
    String signedHeaders = "host;" + String.join(";", headers.keySet());
    headers.put("accept", "application/json");

    List<String> query = new ArrayList<>();
    add(query, "Action", "GetCallerIdentity");
    add(query, "Version", "2011-06-15");
    add(query, "X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    add(query, "X-Amz-Credential", credential(proof, endpoint.region()));
    add(query, "X-Amz-Date", proof.amzDate());
    add(query, "X-Amz-Expires", Long.toString(proof.expires().toSeconds()));
    if (!proof.sessionToken().isEmpty()) {
      add(query, "X-Amz-Security-Token", proof.sessionToken());
    }
    add(query, "X-Amz-SignedHeaders", signedHeaders);
    add(query, "X-Amz-Signature", proof.signature());
    URI uri = URI.create(endpoint.origin() + "/?" + String.join("&", query));
    return new StsRequest(endpoint, uri, headers, false);
  }

  /**
   * A probe, which a healthy STS refuses: it is not signed, and its access key is the one in AWS's
   * documentation. It has the form of every other request, so that an answer to it says that others
   * would be answered. It takes a new connection: one that was cut in silence would make STS seem
   * to be away.
   *
   * @param now its date
   */
  public static StsRequest ofNobody(StsEndpoint endpoint, Instant now) {
    CallerProof proof =
        CallerProof.builder(endpoint.host(), NOBODYS_AUDIENCE, ProofBinding.bearer())
            .accessKeyId("AKIAIOSFODNN7EXAMPLE")
            .amzDate(AMZ_DATE.format(now))
            .life(Duration.ofMinutes(1))
            .signature("0".repeat(SIGNATURE_LENGTH))
            .build();
    return rebuild(endpoint, NOBODYS_AUDIENCE, proof).onNewConnection();
  }

  private static String credential(CallerProof proof, RegionName region) {
    String date = proof.amzDate().substring(0, DATE_LENGTH);
    return String.join("/", proof.accessKeyId(), date, region.value(), "sts", "aws4_request");
  }

  private static void add(List<String> query, String name, String value) {
    query.add(name + "=" + encoded(value));
  }

  /** Percent-encodes all but RFC 3986's unreserved characters, as SigV4 does. */
  private static String encoded(String value) {
    StringBuilder encoded = new StringBuilder(value.length() + 32);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isUnreserved(c)) {
        encoded.append(c);
      } else if (c < 0x80) {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      } else {
        throw new IllegalStateException("a proof holds ASCII only");
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  /** The same request, to be sent on a connection that carried nothing before. */
  public StsRequest onNewConnection() {
    return new StsRequest(endpoint, uri, headers, true);
  }

  /** Whether a connection that was used before will not do. */
  public boolean wantsNewConnection() {
    return newConnection;
  }

  /** Where it goes. */
  public StsEndpoint endpoint() {
    return endpoint;
  }

  /** The whole URL. A secret for the proof's life. */
  public URI uri() {
    return uri;
  }

  /** The headers besides {@code Host}, by lower-case name. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "StsRequest[" + endpoint.host() + ", ****]";
  }
}
