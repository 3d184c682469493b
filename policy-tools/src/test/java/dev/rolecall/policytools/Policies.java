package dev.rolecall.policytools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import java.util.List;

/** Policies and names that several tests ask about. */
public final class Policies {

  public static final String ROLE = "arn:aws:iam::111122223333:role/";
  public static final RoleId ID = RoleId.parse("AROAEXAMPLE000000001");

  public static final String ORDERS =
      """
      name: orders
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:role/contractor-*"]}
          request: {paths: ["/orders.v1.Orders/Delete"]}
      allow_rules:
        - name: checkout writes
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/orders.v1.Orders/Create", "/orders.v1.Orders/Cancel"]}
        - name: pinned
          source: {principals: ["arn:aws:iam::111122223333:role/batch#AROAEXAMPLE000000001"]}
          request: {paths: ["/orders.v1.Orders/Create"]}
        - name: admins
          source: {principals: ["sso:111122223333:Admin", "arn:aws:iam::111122223333:role/contractor-*"]}
          request: {paths: ["/orders.v1.Orders/*"]}
        - name: everyone in the account reads
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/orders.v1.Orders/Get*"]}
      public_methods: ["/grpc.health.v1.Health/*"]
      """;

  private static final RolePattern A = RolePattern.parse(ROLE + "a");
  private static final RolePattern B = RolePattern.parse(ROLE + "b");
  private static final RolePattern C = RolePattern.parse(ROLE + "c");

  public static final AccessPolicy WIDE =
      AccessPolicy.builder("wide")
          .allow("wide a b", List.of(A, B), "/s.S/M", "/s.S/N")
          .deny("wide no c", List.of(C), "/s.S/*")
          .publicMethods("/s.S/Open", "/s.S/HalfOpen")
          .build();

  public static final AccessPolicy NARROW =
      AccessPolicy.builder("narrow")
          .allow("narrow all", List.of(RolePattern.parse("arn:aws:iam::111122223333:*")), "/s.S/M")
          .allow("narrow c", List.of(A, B, C), "/s.S/Other")
          .deny("narrow no b", List.of(B), "/s.S/M")
          .publicMethods("/s.S/Open", "/s.S/Closed")
          .build();

  private Policies() {}

  public static AccessPolicy loaded(String text) {
    return PolicyDocument.read("p.yaml", text.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }
}
