package dev.rolecall.proxy.internal.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.proxy.IdentityHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a call as a Check tells of them: a list of lines, or a map in which the values of
 * a repeated header are joined with commas. Envoy itself joins the values of some headers before
 * either is made.
 */
public final class RequestHeaders {

  public static final String AUTHORIZATION = "authorization";
  public static final String GRANT = "rolecall-grant";

  /** A line. A plain class: a record would print the value, which may be a credential. */
  private static final class Line {

    final String name;
    final ByteString value;

    Line(String name, ByteString value) {
      this.name = name;
      this.value = value;
    }
  }

  private final List<Line> lines;

  private RequestHeaders(List<Line> lines) {
    this.lines = lines;
  }

  /**
   * Collects the lines of a Check. A sender that gives both a list and a map gives each header
   * twice, so that its credential is ambiguous; Envoy gives one. For one thread.
   */
  static final class Builder {

    private static final int USUAL = 12;

    private final List<Line> lines = new ArrayList<>(USUAL);

    void add(String name, ByteString value) {
      lines.add(new Line(lowerCase(name), value));
    }

    RequestHeaders build() {
      return new RequestHeaders(lines);
    }
  }

  private static String lowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }

  /**
   * The credential. A comma is the mark of two values that were joined: no credential that Rolecall
   * reads has one.
   *
   * @param connection gives the credential again that it remembers
   */
  public Credential credential(ConnectionMemo connection) {
    ByteString only = credentialBytes();
    if (only == null) {
      return has(AUTHORIZATION) ? Credential.ambiguous() : Credential.none();
    }
    byte[] value = only.toByteArray();
    Credential known = connection.header(value);
    if (known instanceof Credential.Header header && header.value() != value) {
      // Remembered, since it was good: it has none.
      return known;
    }
    // The JVM searches a text many bytes at a time, and an array one by one.
    return new String(value, ISO_8859_1).indexOf(',') < 0 ? known : Credential.ambiguous();
  }

  /** The value of the one line of authorization; null if there is none, or more than one. */
  public @Nullable ByteString credentialBytes() {
    ByteString found = null;
    for (Line each : lines) {
      if (each.name.equals(AUTHORIZATION)) {
        if (found != null) {
          return null;
        }
        found = each.value;
      }
    }
    return found;
  }

  /** Whether there is a header of that name. */
  public boolean has(String name) {
    for (Line each : lines) {
      if (each.name.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The values of the lines of that name, in their order. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    for (Line each : lines) {
      if (each.name.equals(name)) {
        values.add(each.value.toString(ISO_8859_1));
      }
    }
    return values;
  }

  /** The names of headers that are for proxies alone, beyond those that are always removed. */
  public Set<String> reserved() {
    Set<String> names = Set.of();
    for (Line each : lines) {
      if (IdentityHeaders.isReserved(each.name) && !IdentityHeaders.NAMES.contains(each.name)) {
        names = names.isEmpty() ? new TreeSet<>() : names;
        names.add(each.name);
      }
    }
    return names;
  }

  /** The same headers but those of these names. */
  public RequestHeaders without(Set<String> names) {
    List<Line> others = new ArrayList<>(lines.size());
    for (Line each : lines) {
      if (!names.contains(each.name)) {
        others.add(each);
      }
    }
    return new RequestHeaders(others);
  }

  /** The number of lines alone: their values may be secrets. */
  @Override
  public String toString() {
    return "RequestHeaders[" + lines.size() + "]";
  }
}
