package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key that grants are found by.
 *
 * @param permission the name of the permission
 * @param who the unique id of a role, or the text of another principal
 * @param session the session's name in lower case; empty where the grant is the role's
 */
record HolderKey(String permission, String who, String session) {

  HolderKey {
    requireNonNull(permission, "permission");
    requireNonNull(who, "who");
    requireNonNull(session, "session");
  }

  static HolderKey of(GrantState grant) {
    Holder holder = grant.getHolder();
    return new HolderKey(
        grant.getPermission(),
        holder.getRoleId().isEmpty() ? holder.getPrincipal() : holder.getRoleId(),
        holder.getSessionName());
  }

  /** The keys of the grants that may be the caller's. A role of an unknown id has none. */
  static List<HolderKey> of(Caller caller, String permission) {
    if (!(caller.principal() instanceof IamRole role)) {
      return List.of(new HolderKey(permission, caller.principal().text(), ""));
    }
    Optional<RoleId> id = role.id();
    return id.stream()
        .flatMap(
            known ->
                Stream.concat(
                        Stream.of(""),
                        caller.evidence().sessionName().stream()
                            .map(name -> name.toLowerCase(Locale.ROOT)))
                    .map(session -> new HolderKey(permission, known.value(), session)))
        .toList();
  }
}
