package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.IpAddress;
import dev.rolecall.policy.internal.InvalidValue;
import dev.rolecall.policy.internal.Printable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts of a call as a person states them, to ask a policy about. A header that is not stated
 * is absent. An address that is not stated is unknown, as that of an in-process call is.
 *
 * @param headers the value of each header
 * @param address the address of the peer
 */
public record StatedCall(SortedMap<HeaderName, String> headers, Optional<IpAddress> address)
    implements CallFacts {

  private static final StatedCall NONE =
      new StatedCall(Collections.emptySortedMap(), Optional.empty());

  /** Checks that nothing is absent, and copies. */
  public StatedCall {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    requireNonNull(address, "address");
  }

  /** A call without headers, from an unknown address. */
  public static StatedCall none() {
    return NONE;
  }

  /**
   * The same with a header; if it has that header already, with one more value.
   *
   * @throws IllegalArgumentException if no policy can read a header of that name, or the value is
   *     not printable ASCII
   */
  public StatedCall withHeader(String name, String value) {
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw InvalidValue.broken("header value", value, "printable ASCII characters");
    }
    SortedMap<HeaderName, String> more = new TreeMap<>(headers);
    more.merge(HeaderName.parse(name), value, (first, next) -> first + "," + next);
    return new StatedCall(more, address);
  }

  /**
   * The same from that address.
   *
   * @throws IllegalArgumentException if the text is no IP address
   */
  public StatedCall from(String text) {
    return new StatedCall(headers, Optional.of(IpAddress.parse(text)));
  }

  /** Whether nothing is stated. */
  public boolean isNone() {
    return equals(NONE);
  }

  @Override
  public boolean knowsHeaders() {
    return true;
  }

  @Override
  public Optional<String> header(HeaderName name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The facts that are stated, such as {@code header x-tenant: "blue", address 10.0.0.1}. */
  @Override
  public String toString() {
    return isNone() ? "no headers, address unknown" : stated();
  }

  private String stated() {
    return Stream.concat(
            headers.entrySet().stream().map(StatedCall::header),
            address.map(ip -> "address " + ip).stream())
        .collect(Collectors.joining(", "));
  }

  private static String header(Map.Entry<HeaderName, String> header) {
    return "header " + header.getKey() + ": " + Printable.quoted(header.getValue());
  }
}
