package dev.rolecall.stsemulator.internal.answer;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer that is not yet sent. Immutable. {@code toString} masks the body. */
public final class Answer {

  private static final String CONTENT_TYPE = "Content-Type";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** An answer with that status, content type and body. */
  public Answer(int status, String contentType, byte[] body) {
    this(status, Map.of(CONTENT_TYPE, contentType), body.clone());
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The header fields by name. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A copy of the body. May hold secrets. */
  public byte[] body() {
    return body.clone();
  }

  /** This answer with one header field set. */
  public Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** This answer with another content type. */
  public Answer withContentType(String contentType) {
    return withHeader(CONTENT_TYPE, contentType);
  }

  /** This answer with another body. */
  public Answer withBody(byte[] other) {
    return new Answer(status, headers, other.clone());
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", ****]";
  }
}
