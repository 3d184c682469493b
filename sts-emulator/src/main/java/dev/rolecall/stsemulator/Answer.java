package dev.rolecall.stsemulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer, not yet sent. Immutable. The body may hold secrets and is never printed. */
final class Answer {

  private static final String CONTENT_TYPE = "Content-Type";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  Answer(int status, String contentType, byte[] body) {
    this(status, Map.of(CONTENT_TYPE, contentType), body.clone());
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body.clone();
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  Answer withContentType(String contentType) {
    return withHeader(CONTENT_TYPE, contentType);
  }

  Answer withBody(byte[] other) {
    return new Answer(status, headers, other.clone());
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", ****]";
  }
}
