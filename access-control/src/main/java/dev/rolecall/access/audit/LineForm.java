package dev.rolecall.access.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/**
 * An event's line but for what differs from record to record: three runs of ASCII, escaped once.
 * The time goes after the first, what {@code metadata} begins with after the second, and what
 * {@code unmapped} ends with after the third. Two braces are then open.
 */
final class LineForm {

  private final byte[] head;
  private final byte[] middle;
  private final byte[] tail;

  LineForm(String head, String middle, String tail) {
    this.head = head.getBytes(US_ASCII);
    this.middle = middle.getBytes(US_ASCII);
    this.tail = tail.getBytes(US_ASCII);
  }

  /** Writes the line up to the inside of {@code metadata}. */
  void begin(LineBuffer line, long millis) {
    line.add(head).add(millis).add(middle);
  }

  /** Writes the names of the request and the rest, up to the end of {@code unmapped}. */
  void go(LineBuffer line, Correlation correlation) {
    Optional<String> requestId = correlation.requestId();
    if (requestId.isPresent()) {
      line.add("\"correlation_uid\":\"").addEscaped(requestId.get()).add("\",");
    }
    line.add(tail);
    Optional<String> traceparent = correlation.traceparent();
    if (traceparent.isPresent()) {
      line.add(",\"traceparent\":\"").add(traceparent.get()).add("\"");
    }
  }

  /** The whole line of a record that no trail numbers. */
  String text(long millis, Correlation correlation) {
    LineBuffer line = new LineBuffer(1_024);
    begin(line, millis);
    go(line, correlation);
    return line.add("}}").toString();
  }
}
