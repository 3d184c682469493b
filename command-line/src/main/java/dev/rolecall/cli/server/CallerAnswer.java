package dev.rolecall.cli.server;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.rolecall.cli.echo.WhoAmIResponse;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleId;
import java.util.Map;

/** The answer to a caller that asks who it is. */
final class CallerAnswer {

  private CallerAnswer() {}

  static WhoAmIResponse of(Caller caller) {
    Attributes attributes = caller.attributes();
    WhoAmIResponse.Builder answer = WhoAmIResponse.newBuilder();
    if (!attributes.claims().isEmpty()) {
      answer.setClaims(members(attributes.claims()));
    }
    return answer
        .setPrincipal(caller.principal().text())
        .setKind(caller.principal().kind().label())
        .setScheme(caller.evidence().scheme())
        .setSessionName(caller.evidence().sessionName().orElse(""))
        .setRoleId(caller.role().flatMap(IamRole::id).map(RoleId::value).orElse(""))
        .setClient(attributes.client().orElse(""))
        .addAllScopes(attributes.scopes().stream().sorted().toList())
        .putAllTags(attributes.tags())
        .addAllActors(attributes.actors().stream().map(Principal::text).toList())
        .setVia(caller.via().map(proxy -> proxy.principal().text()).orElse(""))
        .setNotAfter(caller.notAfter().toString())
        .build();
  }

  private static Struct members(Map<String, ClaimValue> claims) {
    Struct.Builder members = Struct.newBuilder();
    claims.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(claim -> members.putFields(claim.getKey(), value(claim.getValue())));
    return members.build();
  }

  private static Value value(ClaimValue claim) {
    Value.Builder value = Value.newBuilder();
    if (claim instanceof ClaimValue.Text text) {
      value.setStringValue(text.value());
    } else if (claim instanceof ClaimValue.Whole whole) {
      value.setNumberValue((double) whole.value());
    } else if (claim instanceof ClaimValue.Truth truth) {
      value.setBoolValue(truth.value());
    } else if (claim instanceof ClaimValue.Items items) {
      ListValue.Builder list = ListValue.newBuilder();
      items.values().forEach(item -> list.addValues(value(item)));
      value.setListValue(list);
    } else if (claim instanceof ClaimValue.Members members) {
      value.setStructValue(members(members.values()));
    } else {
      value.setNullValue(NullValue.NULL_VALUE);
    }
    return value.build();
  }
}
