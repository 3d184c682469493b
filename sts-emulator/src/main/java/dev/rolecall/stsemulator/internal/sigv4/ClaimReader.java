package dev.rolecall.stsemulator.internal.sigv4;

import dev.rolecall.stsemulator.internal.sigv4.ClaimReading.Claimed;
import dev.rolecall.stsemulator.internal.sigv4.ClaimReading.Incomplete;
import dev.rolecall.stsemulator.internal.sigv4.ClaimReading.Unsigned;
import dev.rolecall.stsemulator.internal.sigv4.SignatureClaim.Form;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the claim of a request. Reasons have AWS's wording where that is known. Where AWS documents
 * nothing, this may be stricter: a repeated part, both forms at once, and signed headers out of
 * order are all incomplete.
 */
final class ClaimReader {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final Set<String> QUERY_MARKS =
      Set.of("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature");

  private ClaimReader() {}

  static ClaimReading read(RawRequest request) {
    boolean inQuery = request.query().stream().anyMatch(p -> QUERY_MARKS.contains(p.name()));
    List<String> authorization = request.header("authorization");
    if (inQuery && !authorization.isEmpty()) {
      return new Incomplete("Only one of the query string and the Authorization header may sign.");
    }
    try {
      if (inQuery) {
        return new Claimed(fromQuery(request));
      }
      return authorization.isEmpty()
          ? new Unsigned()
          : new Claimed(fromHeader(request, only("Authorization", authorization)));
    } catch (Flaw flaw) {
      return new Incomplete(flaw.reason);
    }
  }

  private static SignatureClaim fromQuery(RawRequest request) throws Flaw {
    Parts parts =
        new Parts(
            "AWS query-string parameters must include '%s'. Re-examine the query-string"
                + " parameters.");
    for (NamedValue parameter : request.query()) {
      if (parameter.name().startsWith("X-Amz-")) {
        parts.add(parameter.name(), PercentCoding.decode(parameter.value()).orElse(""));
      }
    }
    requireAlgorithm(parts.get("X-Amz-Algorithm"));
    return claim(
        Form.QUERY,
        parts.get("X-Amz-Credential"),
        parts.get("X-Amz-Date"),
        parts.get("X-Amz-SignedHeaders"),
        parts.get("X-Amz-Signature"),
        parts.find("X-Amz-Security-Token"));
  }

  private static SignatureClaim fromHeader(RawRequest request, String authorization) throws Flaw {
    int space = authorization.indexOf(' ');
    requireAlgorithm(space < 0 ? authorization : authorization.substring(0, space));
    Parts parts = new Parts("Authorization header requires '%s' parameter.");
    for (String piece : authorization.substring(space + 1).split(",", -1)) {
      String part = piece.strip();
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new Flaw("Authorization header requires name=value parameters after the algorithm.");
      }
      parts.add(part.substring(0, equals), part.substring(equals + 1));
    }
    // AWS falls back to the Date header; no signer that is tested here relies on it.
    List<String> dates = request.header("x-amz-date");
    if (dates.isEmpty()) {
      throw new Flaw("Authorization header requires existence of a 'X-Amz-Date' header.");
    }
    List<String> tokens = request.header("x-amz-security-token");
    return claim(
        Form.HEADER,
        parts.get("Credential"),
        only("X-Amz-Date", dates),
        parts.get("SignedHeaders"),
        parts.get("Signature"),
        tokens.isEmpty() ? Optional.empty() : Optional.of(only("X-Amz-Security-Token", tokens)));
  }

  private static SignatureClaim claim(
      Form form,
      String credential,
      String amzDate,
      String signedHeaders,
      String signature,
      Optional<String> sessionToken)
      throws Flaw {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5) {
      throw new Flaw(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + credential
              + "'");
    }
    return new SignatureClaim(
        form,
        new ClaimedCredential(
            parts[0], new CredentialScope(parts[1], parts[2], parts[3], parts[4])),
        new AmzDate(amzDate, instant(amzDate)),
        headerNames(signedHeaders),
        signature,
        sessionToken);
  }

  private static void requireAlgorithm(String algorithm) throws Flaw {
    if (!algorithm.equals(ALGORITHM)) {
      throw new Flaw("Unsupported AWS 'algorithm': '" + algorithm + "', only " + ALGORITHM + ".");
    }
  }

  private static Instant instant(String amzDate) throws Flaw {
    try {
      return AMZ_DATE.parse(amzDate, Instant::from);
    } catch (DateTimeParseException notADate) {
      throw new Flaw("Date must be in ISO-8601 'basic format'. Got '" + amzDate + "'.");
    }
  }

  private static List<String> headerNames(String signedHeaders) throws Flaw {
    List<String> names = List.of(signedHeaders.split(";", -1));
    boolean named = names.stream().allMatch(name -> name.matches("[!-~&&[^A-Z:;,]]+"));
    if (!named || !names.equals(List.copyOf(new TreeSet<>(names)))) {
      throw new Flaw("SignedHeaders must be lower-case, sorted and unrepeated names.");
    }
    return names;
  }

  private static String only(String name, List<String> values) throws Flaw {
    if (values.size() != 1) {
      throw new Flaw("Header '" + name + "' must not be repeated.");
    }
    return values.get(0);
  }

  /** The named parts of a claim, each at most once. */
  private static final class Parts {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final String missing;

    Parts(String missing) {
      this.missing = missing;
    }

    void add(String name, String value) throws Flaw {
      if (values.putIfAbsent(name, value) != null) {
        throw new Flaw("'" + name + "' must not be repeated.");
      }
    }

    Optional<String> find(String name) {
      return Optional.ofNullable(values.get(name));
    }

    String get(String name) throws Flaw {
      return find(name)
          .filter(value -> !value.isEmpty())
          .orElseThrow(() -> new Flaw(String.format(missing, name)));
    }
  }

  /** Leads from a broken part to the reading's {@link Incomplete}; never leaves this class. */
  private static final class Flaw extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Flaw(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
