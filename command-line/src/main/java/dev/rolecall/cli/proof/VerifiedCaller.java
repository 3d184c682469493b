package dev.rolecall.cli.proof;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleId;
import java.util.LinkedHashMap;
import java.util.Map;

/** A verified caller in the words of {@code verify}: by their JSON field, in their order. */
final class VerifiedCaller {

  private static final Map<String, String> LABELS =
      Map.of(
          "sessionName", "session",
          "roleId", "role id",
          "credentialId", "credential",
          "notAfter", "not after");

  private VerifiedCaller() {}

  static Map<String, String> of(Caller caller) {
    Map<String, String> said = new LinkedHashMap<>();
    if (caller.role().isPresent()) {
      said.put("role", caller.principal().text());
      said.put("sessionName", caller.evidence().sessionName().orElse(""));
      said.put("roleId", caller.role().flatMap(IamRole::id).map(RoleId::value).orElse(""));
    } else {
      said.put("principal", caller.principal().text());
      said.put("scheme", caller.evidence().scheme());
      caller.evidence().credentialId().ifPresent(id -> said.put("credentialId", id));
    }
    said.put("notAfter", caller.notAfter().toString());
    return said;
  }

  /** The words for a person. */
  static String label(String field) {
    return LABELS.getOrDefault(field, field);
  }
}
