package dev.rolecall.proxy.envoy;

import dev.rolecall.access.call.HeaderReader;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.internal.check.RequestHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads headers from a Check. What Envoy's {@code allowed_headers} leaves out, a call lacks. */
enum CheckedHeaders implements HeaderReader<RequestHeaders> {
  /** The only one. */
  READER;

  private static final Set<String> CREDENTIALS =
      Set.of(RequestHeaders.AUTHORIZATION, RequestHeaders.GRANT, IdentityHeaders.TRANSACTION_TOKEN);

  @Override
  public Optional<String> value(RequestHeaders headers, HeaderName name) {
    List<String> values = headers.values(name.value());
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /** No token has a comma, which is the mark of two values. */
  @Override
  public Optional<String> grantToken(RequestHeaders headers) {
    List<String> values = headers.values(RequestHeaders.GRANT);
    return values.size() == 1 && values.get(0).indexOf(',') < 0
        ? Optional.of(values.get(0))
        : Optional.empty();
  }

  @Override
  public List<String> transactionTokens(RequestHeaders headers) {
    return headers.values(IdentityHeaders.TRANSACTION_TOKEN).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .toList();
  }

  /**
   * Credentials are left out. What no policy can read either may stay: the headers cannot change,
   * and are dropped with the answer.
   */
  @Override
  public RequestHeaders copy(RequestHeaders headers) {
    return headers.without(CREDENTIALS);
  }
}
