package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveCall;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.IpAddress;
import java.util.Optional;

/** A judge's call, as a policy reads it. */
public record StatedFacts(NaiveCall call) implements CallFacts {

  @Override
  public boolean knowsHeaders() {
    return call.headers().isPresent();
  }

  @Override
  public Optional<String> header(HeaderName name) {
    return Optional.ofNullable(call.headers().orElseThrow().get(name.value()));
  }

  @Override
  public Optional<IpAddress> address() {
    return call.address().map(IpAddress::parse);
  }
}
