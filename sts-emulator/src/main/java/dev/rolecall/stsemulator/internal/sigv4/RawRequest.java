package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP request as it was received: nothing decoded, nothing sorted, nothing left out. Immutable.
 * It may hold a session token and a signature: {@code toString} masks all but the method.
 */
public final class RawRequest {

  private final String method;
  private final String path;
  private final List<NamedValue> query;
  private final List<NamedValue> headers;
  private final byte[] body;

  /**
   * A request.
   *
   * @param method the method, in the case it was sent
   * @param path the path, still percent-encoded
   * @param query the text after the {@code ?}, still percent-encoded; empty for none
   * @param headers the header fields in the order they were sent
   * @param body the body; empty for none
   */
  public RawRequest(
      String method, String path, String query, List<NamedValue> headers, byte[] body) {
    this.method = requireNonNull(method, "method");
    this.path = requireNonNull(path, "path");
    this.query = pairs(query);
    this.headers = List.copyOf(headers);
    this.body = body.clone();
  }

  /** The method, in the case it was sent. */
  public String method() {
    return method;
  }

  /** The path, still percent-encoded. */
  public String path() {
    return path;
  }

  /** The query parameters in the order they were sent, still percent-encoded. */
  public List<NamedValue> query() {
    return query;
  }

  /** The values of one header in the order they were sent, by its name in any case. */
  public List<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(NamedValue::value)
        .toList();
  }

  /** A copy of the body. */
  public byte[] body() {
    return body.clone();
  }

  /**
   * The parameters of a query or of a form body, still percent-encoded. A piece without {@code =}
   * has the empty value. Empty pieces are skipped.
   */
  public static List<NamedValue> pairs(String text) {
    List<NamedValue> pairs = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int ampersand = text.indexOf('&', start);
      int end = ampersand < 0 ? text.length() : ampersand;
      if (end > start) {
        pairs.add(pair(text.substring(start, end)));
      }
      start = end + 1;
    }
    return List.copyOf(pairs);
  }

  private static NamedValue pair(String piece) {
    int equals = piece.indexOf('=');
    return equals < 0
        ? new NamedValue(piece, "")
        : new NamedValue(piece.substring(0, equals), piece.substring(equals + 1));
  }

  @Override
  public String toString() {
    return "RawRequest[" + method + ", ****]";
  }
}
