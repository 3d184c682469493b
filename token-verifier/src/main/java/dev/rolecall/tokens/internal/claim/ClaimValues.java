package dev.rolecall.tokens.internal.claim;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.jwt.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claims of a token as attributes of its caller. */
final class ClaimValues implements JsonValue.Cases<ClaimValue> {

  /** Claims about the token, and those that other attributes hold. */
  private static final Set<String> LEFT_OUT = Set.of("cnf", "act", "may_act");

  private static final ClaimValues CASES = new ClaimValues();

  private ClaimValues() {}

  /** Every claim but those that other attributes hold. */
  static Map<String, ClaimValue> of(JsonValue.Members claims) {
    Map<String, ClaimValue> values = new HashMap<>();
    claims
        .values()
        .forEach(
            (name, value) -> {
              if (!LEFT_OUT.contains(name)) {
                values.put(name, value.fold(CASES));
              }
            });
    return values;
  }

  @Override
  public ClaimValue text(String value) {
    return new ClaimValue.Text(value);
  }

  @Override
  public ClaimValue whole(long value) {
    return new ClaimValue.Whole(value);
  }

  @Override
  public ClaimValue fraction(String literal) {
    return ClaimValue.Other.INSTANCE;
  }

  @Override
  public ClaimValue truth(boolean value) {
    return new ClaimValue.Truth(value);
  }

  @Override
  public ClaimValue nothing() {
    return ClaimValue.Other.INSTANCE;
  }

  @Override
  public ClaimValue items(List<JsonValue> values) {
    return new ClaimValue.Items(
        values.stream().<ClaimValue>map(value -> value.fold(this)).toList());
  }

  @Override
  public ClaimValue members(JsonValue.Members members) {
    Map<String, ClaimValue> values = new HashMap<>();
    members.values().forEach((name, value) -> values.put(name, value.fold(this)));
    return new ClaimValue.Members(values);
  }
}
