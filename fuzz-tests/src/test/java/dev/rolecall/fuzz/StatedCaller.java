package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveCaller;
import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.SpiffeId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A judge's caller, as a policy reads it. */
public final class StatedCaller {

  private StatedCaller() {}

  /** The caller, verified long ago by the one scheme that vouches for any. */
  public static Caller of(NaiveCaller caller) {
    Attributes attributes =
        new Attributes(
            caller.client(),
            caller.scopes(),
            members(caller.claims()),
            caller.tags(),
            caller.actor().map(StatedCaller::principal).stream().toList());
    return new Caller(
        caller.role().map(StatedCaller::role).orElseGet(() -> principal(caller.principal())),
        attributes,
        Evidence.ofSession("any", Evidence.Carrier.CALL_METADATA, "session"),
        Instant.EPOCH);
  }

  private static Principal role(NaivePrincipal.Role role) {
    return new IamRole(
        RoleTarget.role(role),
        role.id().isEmpty() ? Optional.empty() : Optional.of(RoleId.parse(role.id())));
  }

  private static Principal principal(String text) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    int second = Math.max(0, rest.indexOf(':'));
    return switch (text.substring(0, colon)) {
      case "arn" -> IamRole.ofUnknownId(RoleArn.parse(text));
      case "spiffe" -> SpiffeId.parse(text);
      case "key" -> new ApiClient(rest);
      case "dns" -> DnsName.of(rest.substring(0, second), rest.substring(second + 1));
      case "oidc" -> OidcSubject.of(rest.substring(0, second), rest.substring(second + 1));
      default -> throw new AssertionError(text);
    };
  }

  private static Map<String, ClaimValue> members(Map<?, ?> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(each -> (String) each.getKey(), each -> value(each.getValue())));
  }

  private static ClaimValue value(@Nullable Object value) {
    if (value instanceof String text) {
      return new ClaimValue.Text(text);
    }
    if (value instanceof Integer || value instanceof Long) {
      return new ClaimValue.Whole(((Number) value).longValue());
    }
    if (value instanceof Boolean truth) {
      return new ClaimValue.Truth(truth);
    }
    if (value instanceof Collection<?> items) {
      return new ClaimValue.Items(
          items.stream().map(StatedCaller::value).collect(Collectors.toList()));
    }
    return value instanceof Map<?, ?> object
        ? new ClaimValue.Members(members(object))
        : ClaimValue.Other.INSTANCE;
  }
}
