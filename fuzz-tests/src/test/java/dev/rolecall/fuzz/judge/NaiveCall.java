package dev.rolecall.fuzz.judge;

import java.util.Map;
import java.util.Optional;

/**
 * A call's headers and its peer's address; empty where they are not known.
 *
 * @param headers the headers by name
 * @param address the address, IPv6 or IPv4
 */
public record NaiveCall(Optional<Map<String, String>> headers, Optional<String> address) {

  /** A call of which nothing is known. */
  public static final NaiveCall UNKNOWN = new NaiveCall(Optional.empty(), Optional.empty());

  public NaiveCall {
    headers = headers.map(Map::copyOf);
  }
}
