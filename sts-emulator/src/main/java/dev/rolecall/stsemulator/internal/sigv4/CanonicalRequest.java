package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.regex.Pattern;

/** The canonical text of a request, which both sides hash: SigV4, step 1. */
final class CanonicalRequest {

  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");
  private static final Comparator<NamedValue> BY_NAME_THEN_VALUE =
      Comparator.comparing(NamedValue::name).thenComparing(NamedValue::value);

  private CanonicalRequest() {}

  /**
   * The canonical text. The payload's hash is computed from the body, whatever {@code
   * X-Amz-Content-Sha256} says.
   */
  static String of(RawRequest request, SignatureClaim claim, SigningRules rules) {
    return String.join(
        "\n",
        request.method(),
        path(request.path(), rules),
        query(request, rules),
        headers(request, claim),
        String.join(";", claim.signedHeaders()),
        Sha256.hex(request.body()));
  }

  /** Each segment is encoded as it stands, so what came encoded is encoded twice, as AWS has it. */
  private static String path(String path, SigningRules rules) {
    String resolved = rules.normalizesPath() ? withoutDots(path) : path;
    String encoded = PercentCoding.encode(resolved).replace("%2F", "/");
    return encoded.isEmpty() ? "/" : encoded;
  }

  /** RFC 3986, section 5.2.4, and empty segments dropped. */
  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    boolean endsInSlash = path.endsWith("/") && !kept.isEmpty();
    return "/" + String.join("/", kept) + (endsInSlash ? "/" : "");
  }

  /** Sorted by encoded name, then by encoded value; a {@code +} is a plus sign, never a space. */
  private static String query(RawRequest request, SigningRules rules) {
    return request.query().stream()
        .filter(p -> !p.name().equals("X-Amz-Signature"))
        .filter(p -> rules.signsQueryToken() || !p.name().equals("X-Amz-Security-Token"))
        .map(p -> new NamedValue(PercentCoding.respell(p.name()), PercentCoding.respell(p.value())))
        .sorted(BY_NAME_THEN_VALUE)
        .map(p -> p.name() + "=" + p.value())
        .collect(joining("&"));
  }

  private static String headers(RawRequest request, SignatureClaim claim) {
    return claim.signedHeaders().stream()
        .map(
            name ->
                request.header(name).stream()
                    .map(value -> BLANKS.matcher(value).replaceAll(" ").strip())
                    .collect(joining(",", name + ":", "\n")))
        .collect(joining());
  }
}
