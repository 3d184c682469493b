package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveName;
import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.fuzz.judge.NaivePrincipal.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Roles to ask about: the one that a principal seems to mean, and all that come close. */
final class Probes {

  private static final String STRANGER = "999999999999";
  private static final String ID = "AROAEXAMPLE000000001";
  private static final String HASH = "_0123456789abcdef";

  private Probes() {}

  static List<Role> of(String principal) {
    String account = NaivePrincipal.account(principal);
    String partition = NaivePrincipal.partition(principal);
    String id = principal.substring(principal.indexOf('#') + 1);
    Set<String> ids = NaiveName.isRoleId(id) ? new LinkedHashSet<>(List.of(id, ID)) : Set.of(ID);
    return names(principal)
        .flatMap(
            name ->
                Stream.concat(
                    ids.stream().map(each -> new Role(partition, account, name, each)),
                    Stream.of(
                        new Role(partition, STRANGER, name, idOr(id)),
                        new Role(partition + "-x", account, name, idOr(id)))))
        .filter(role -> NaiveName.isPartition(role.partition()))
        .toList();
  }

  private static String idOr(String id) {
    return NaiveName.isRoleId(id) ? id : ID;
  }

  private static Stream<String> names(String principal) {
    String last =
        principal.substring(Math.max(principal.lastIndexOf(':'), principal.lastIndexOf('/')) + 1);
    String name = last.replaceAll("[*#].*", "");
    String sso = "AWSReservedSSO_" + name;
    return Stream.of(
        name,
        name + "x",
        "x" + name,
        name.isEmpty() ? "x" : name.substring(1),
        name.isEmpty() ? "x" : name.substring(0, name.length() - 1),
        name.toUpperCase(Locale.ROOT),
        name.toLowerCase(Locale.ROOT),
        sso + HASH,
        sso + HASH.toUpperCase(Locale.ROOT),
        sso + "x" + HASH,
        sso + HASH + "0",
        sso + HASH.substring(0, 16),
        "checkout");
  }
}
