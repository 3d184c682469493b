package dev.rolecall.policy.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.condition.HeaderName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of a resource as a rule writes it: {@code orders/{header:x-region}}. Each segment is a
 * literal, or the value of one header of the call.
 *
 * <p>A header counts if the call has exactly one value of it, which is a segment of a {@link
 * ResourceName}. A value with a slash or a comma is none, so a caller cannot reach another resource
 * by a header.
 */
public final class ResourceTemplate {

  /** The rule in words, as a message says it. */
  public static final String RULE =
      "segments with one / between them, each a literal of A-Z a-z 0-9 . _ ~ - or"
          + " {header:NAME}; such as orders/{header:x-region}";

  private static final String START = "{header:";
  private static final String END = "}";
  private static final int LONGEST = 200;

  /** A segment; the header is absent for a literal. */
  private record Segment(String literal, Optional<HeaderName> header) {}

  private final String text;
  private final List<Segment> segments;

  private ResourceTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = List.copyOf(segments);
  }

  /**
   * The template of that text, of 1 to 200 characters.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static ResourceTemplate parse(String text) {
    requireNonNull(text, "text");
    if (text.length() > LONGEST) {
      throw InvalidValue.of("resource", text, "at most 200 characters");
    }
    List<Segment> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      segments.add(segment(segment, text));
    }
    return new ResourceTemplate(text, segments);
  }

  private static Segment segment(String segment, String text) {
    if (segment.startsWith(START) && segment.endsWith(END)) {
      String name = segment.substring(START.length(), segment.length() - END.length());
      return new Segment("", Optional.of(HeaderName.parse(name)));
    }
    if (!ResourceName.isSegment(segment)) {
      throw InvalidValue.of("resource", text, RULE);
    }
    return new Segment(segment, Optional.empty());
  }

  /** The resource that a call is about; empty if a header is unknown, absent or no one segment. */
  public Optional<ResourceName> of(CallFacts call) {
    StringBuilder name = new StringBuilder();
    for (Segment segment : segments) {
      Optional<String> value =
          segment.header().isEmpty()
              ? Optional.of(segment.literal())
              : valueOf(segment.header().get(), call);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      name.append(name.isEmpty() ? "" : "/").append(value.get());
    }
    return name.length() > LONGEST
        ? Optional.empty()
        : Optional.of(new ResourceName(name.toString()));
  }

  private static Optional<String> valueOf(HeaderName header, CallFacts call) {
    return call.knowsHeaders()
        ? call.header(header).filter(ResourceName::isSegment)
        : Optional.empty();
  }

  /** The headers that keep it from naming a resource of a call, in their order. */
  public List<HeaderName> unusable(CallFacts call) {
    return headers().stream().filter(header -> valueOf(header, call).isEmpty()).toList();
  }

  /** Whether it reads no header, so that it is the same for each call. */
  public boolean isFixed() {
    return segments.stream().allMatch(segment -> segment.header().isEmpty());
  }

  /** The headers that it reads, in their order. */
  public List<HeaderName> headers() {
    return segments.stream().flatMap(segment -> segment.header().stream()).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceTemplate template && text.equals(template.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
