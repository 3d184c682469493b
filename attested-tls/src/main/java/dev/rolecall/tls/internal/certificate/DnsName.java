package dev.rolecall.tls.internal.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.HostName;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DNS name without wildcards, in lower case.
 *
 * @param value at most 253 characters: labels of 1 to 63 of {@code [a-z0-9-]}, joined by dots, none
 *     of them with a hyphen at an end
 */
public record DnsName(String value) {

  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is no such name
   */
  public DnsName {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "host name: "
              + value.replaceAll("[^ -~]", "?")
              + " (expected: a DNS name in lower case, without wildcards)");
    }
  }

  /** The DNS name of that text, if it is one. */
  public static Optional<DnsName> of(String text) {
    return isValid(text) ? Optional.of(new DnsName(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return text.length() <= LONGEST
        && Stream.of(text.split("\\.", -1))
            .allMatch(label -> HostName.isValid(label, LONGEST_LABEL));
  }

  byte[] ascii() {
    return value.getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return value;
  }
}
