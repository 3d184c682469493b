package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The path of one gRPC method, as HTTP/2 names it: {@code /package.Service/Method}. Compared
 * exactly, case included.
 *
 * @param value the path, at most 1,000 printable ASCII characters without {@code *}
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests">gRPC over
 *     HTTP/2, Path</a>
 */
public record MethodPath(String value) {

  static final int MAX_LENGTH = 1_000;

  /** Characters a path may hold, but the slash and the wildcard; in one pass, whatever the text. */
  static final String SEGMENT = "[!-)+-.0-~]++";

  private static final Pattern FORM = Pattern.compile("/" + SEGMENT + "/" + SEGMENT);

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is not one method's path
   */
  public MethodPath {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw InvalidValue.broken("method", value, "/package.Service/Method");
    }
  }

  /**
   * The method of that path.
   *
   * @throws IllegalArgumentException if the text is not one method's path
   */
  public static MethodPath parse(String text) {
    return new MethodPath(text);
  }

  /**
   * The method that grpc-java calls {@code package.Service/Method}, without the leading slash.
   * Allocates: keep the answer for a method that is called often.
   *
   * @throws IllegalArgumentException if the text is not one method's full name
   */
  public static MethodPath ofFullMethodName(String fullMethodName) {
    requireNonNull(fullMethodName, "fullMethodName");
    return new MethodPath("/" + fullMethodName);
  }

  /** Whether the text is one method's path. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
