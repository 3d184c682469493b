package dev.rolecall.access;

import dev.rolecall.access.call.HeaderReader;
import dev.rolecall.policy.condition.HeaderName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads headers that are a map, and counts how often; a copy is a copy of the map. */
final class FakeHeaders implements HeaderReader<Map<String, String>> {

  static final String GRANT = "rolecall-grant";

  static final String TRANSACTION_TOKEN = "txn-token";

  static final FakeHeaders READER = new FakeHeaders();

  final AtomicInteger asked = new AtomicInteger();

  @Override
  public Optional<String> value(Map<String, String> headers, HeaderName name) {
    asked.incrementAndGet();
    return Optional.ofNullable(headers.get(name.value()));
  }

  @Override
  public Optional<String> grantToken(Map<String, String> headers) {
    return Optional.ofNullable(headers.get(GRANT));
  }

  /** Several are joined by commas. */
  @Override
  public List<String> transactionTokens(Map<String, String> headers) {
    String values = headers.get(TRANSACTION_TOKEN);
    return values == null ? List.of() : List.of(values.split(",", -1));
  }

  @Override
  public Map<String, String> copy(Map<String, String> headers) {
    Map<String, String> copy = new HashMap<>(headers);
    copy.remove(GRANT);
    return copy;
  }
}
