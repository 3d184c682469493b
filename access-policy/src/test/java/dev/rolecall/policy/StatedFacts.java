package dev.rolecall.policy;

import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facts of a call as a test states them, and a record of which were asked for. */
public final class StatedFacts implements CallFacts {

  private final Optional<Map<String, String>> headers;
  private final Optional<IpAddress> address;

  /** What was asked for, in order. */
  public final List<String> asked = new ArrayList<>();

  private StatedFacts(Optional<Map<String, String>> headers, Optional<IpAddress> address) {
    this.headers = headers;
    this.address = address;
  }

  public static StatedFacts headers(Map<String, String> headers) {
    return new StatedFacts(Optional.of(headers), Optional.empty());
  }

  public static StatedFacts headersUnknown() {
    return new StatedFacts(Optional.empty(), Optional.empty());
  }

  public StatedFacts from(String address) {
    return new StatedFacts(headers, Optional.of(IpAddress.parse(address)));
  }

  @Override
  public boolean knowsHeaders() {
    return headers.isPresent();
  }

  @Override
  public Optional<String> header(HeaderName name) {
    asked.add(name.value());
    return Optional.ofNullable(headers.orElseThrow().get(name.value()));
  }

  @Override
  public Optional<IpAddress> address() {
    asked.add("address");
    return address;
  }
}
