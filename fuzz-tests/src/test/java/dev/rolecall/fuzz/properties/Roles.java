package dev.rolecall.fuzz.properties;

import dev.rolecall.fuzz.judge.NaivePrincipal.Role;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Few accounts, partitions and names, many of them alike: so that rules and callers often meet. */
final class Roles {

  private static final List<String> ACCOUNTS =
      List.of("111122223333", "111122223334", "000000000000");
  private static final List<String> PARTITIONS = List.of("aws", "aws", "aws-cn", "aws-us-gov");
  private static final List<String> SETS = List.of("Admin", "Admin_Other", "Adm", "admin");
  private static final List<String> HASHES =
      List.of("_0123456789abcdef", "_fedcba9876543210", "_0123456789ABCDEF", "_0123456789abcde");
  private static final List<String> NAMES =
      List.of(
          "checkout",
          "Checkout",
          "checkout-2",
          "check",
          "orders-",
          "orders-read",
          "orders-write",
          "orders_read",
          "a",
          "sso",
          "role");
  private static final List<String> IDS =
      List.of("AROAEXAMPLE000000001", "AROAEXAMPLE000000002", "AROAEXAMPLE00000001");

  private Roles() {}

  static Arbitrary<Role> any() {
    return Combinators.combine(
            Arbitraries.of(PARTITIONS), Arbitraries.of(ACCOUNTS), names(), Arbitraries.of(IDS))
        .as(Role::new);
  }

  static Arbitrary<String> names() {
    Arbitrary<String> sso =
        Combinators.combine(Arbitraries.of(SETS), Arbitraries.of(HASHES))
            .as((set, hash) -> "AWSReservedSSO_" + set + hash);
    return Arbitraries.oneOf(
        Arbitraries.of(NAMES), Arbitraries.of(NAMES), sso, Proofs.word("aA0_+=,.@-", 1, 64));
  }

  /** Principals of every spelling. */
  static Arbitrary<String> principals() {
    Arbitrary<String> account =
        Combinators.combine(Arbitraries.of(PARTITIONS), Arbitraries.of(ACCOUNTS))
            .as((partition, id) -> "arn:" + partition + ":iam::" + id + ":");
    Arbitrary<String> path = Arbitraries.of("", "", "", "team/", "team/a/", "service-role/");
    Arbitrary<String> exact =
        Combinators.combine(account, path, names())
            .as((start, folder, name) -> start + "role/" + folder + name);
    Arbitrary<String> pinned =
        Combinators.combine(exact, Arbitraries.of(IDS)).as((arn, id) -> arn + "#" + id);
    Arbitrary<String> prefix =
        Combinators.combine(account, names(), Arbitraries.integers().between(0, 64))
            .as(
                (start, name, length) ->
                    start + "role/" + name.substring(0, Math.min(length, name.length())) + "*");
    Arbitrary<String> set =
        Combinators.combine(
                Arbitraries.of("", "", "aws:", "aws-cn:", "aws-us-gov:"),
                Arbitraries.of(ACCOUNTS),
                Arbitraries.of(SETS))
            .as((partition, id, name) -> "sso:" + partition + id + ":" + name);
    return Arbitraries.oneOf(exact, exact, pinned, prefix, prefix, set, account.map(a -> a + "*"));
  }
}
