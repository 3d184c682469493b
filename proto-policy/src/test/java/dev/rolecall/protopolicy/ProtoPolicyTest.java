package dev.rolecall.protopolicy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.policytools.StatedCall;
import dev.rolecall.policytools.StatedGrant;
import dev.rolecall.protopolicy.orders.OrdersGrpc;
import dev.rolecall.protopolicy.orders.PurgesGrpc;
import dev.rolecall.protopolicy.orders.RepairsGrpc;
import dev.rolecall.protopolicy.orders.Request;
import dev.rolecall.protopolicy.orders.SilentGrpc;
import dev.rolecall.protopolicy.v1.AllowProto;
import io.grpc.ServiceDescriptor;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls that options allow, and all that they do not. */
@Tag("attack")
final class ProtoPolicyTest {

  private static final String ACCOUNT = "arn:aws:iam::111122223333:role/";
  private static final AccessPolicy STATED =
      ProtoPolicy.of(
          "orders", OrdersGrpc.getServiceDescriptor(), SilentGrpc.getServiceDescriptor());

  private static String answer(AccessPolicy policy, String caller, String method) {
    return PolicyAnswer.of(policy, CallerQuery.parse(caller), MethodPath.parse(method))
        .answer()
        .toString();
  }

  @ParameterizedTest
  @CsvSource({
    "checkout, blue, 10.0.0.1, allow",
    "checkout, green-1, 10.0.0.1, allow",
    "checkout, red, 10.0.0.1, deny",
    "checkout, blue, 192.0.2.1, deny",
    "reporting, blue, 10.0.0.1, deny",
  })
  void method_withConditions_isAllowedWhereTheyHold(
      String role, String tenant, String address, String expected) {
    AccessPolicy stated = ProtoPolicy.of("purges", PurgesGrpc.getServiceDescriptor());
    CallerQuery caller = CallerQuery.parse(ACCOUNT + role);
    MethodPath purge = MethodPath.parse("/orders.v1.Purges/Purge");
    StatedCall call = StatedCall.none().withHeader("x-tenant", tenant).from(address);

    assertThat(PolicyAnswer.of(stated, caller, purge, call).answer()).hasToString(expected);
    assertThat(PolicyAnswer.of(stated, caller, purge).answer()).hasToString("deny");
  }

  @ParameterizedTest
  @CsvSource({
    "anyone, Rebuild, eu, -, needs_grant", // by the service's default
    "anyone, Rebuild, eu, orders-admin, allow",
    "anyone, Rebuild, eu, orders-admin:orders/eu, needs_grant", // not for all resources
    "anyone, Rebuild, eu, orders-repair, needs_grant",
    "checkout, Repair, eu, -, needs_grant",
    "checkout, Repair, eu, orders-admin, needs_grant", // the method's own replaces the default
    "checkout, Repair, eu, orders-repair, allow",
    "checkout, Repair, eu, orders-repair:orders/eu, allow",
    "checkout, Repair, us, orders-repair:orders/eu, needs_grant",
    "checkout, Repair, e/u, orders-repair, needs_grant", // names no resource: no grant meets it
    "anyone, Repair, eu, orders-repair, deny", // a grant is no role
    "checkout, List, eu, -, allow", // nor does the default's grant stay
    "anyone, List, eu, orders-admin, deny",
  })
  void method_withAGrant_isAllowedWhereItIsHeld(
      String role, String method, String region, String grant, String expected) {
    AccessPolicy stated = ProtoPolicy.of("repairs", RepairsGrpc.getServiceDescriptor());
    CallerQuery caller = CallerQuery.parse(ACCOUNT + role);
    MethodPath path = MethodPath.parse("/orders.v1.Repairs/" + method);
    StatedCall call = StatedCall.none().withHeader("x-region", region);
    List<StatedGrant> held = grant.equals("-") ? List.of() : List.of(StatedGrant.parse(grant));

    assertThat(PolicyAnswer.of(stated, caller.holding(held), path, call).answer())
        .hasToString(expected);
    assertThat(stated.permissions())
        .extracting(PermissionName::value)
        .containsExactlyInAnyOrder("orders-admin", "orders-repair");
  }

  @ParameterizedTest
  @CsvSource({
    "checkout, Create, allow",
    "checkout, Cancel, allow",
    "AWSReservedSSO_OrderSupport_0123456789abcdef, Cancel, allow",
    "AWSReservedSSO_OrderSupport_0123456789abcdef, Create, deny",
    "anyone, Get, allow", // by the service's default
    "anyone, Create, deny", // which an option of the method's own replaces
    "anyone, Cancel, deny",
    "checkout, Delete, deny", // no such method
    "checkout, create, deny",
    "checkout2, Create, deny",
  })
  void option_allowsItsRolesItsMethodAndNothingElse(String role, String method, String expected) {
    assertThat(answer(STATED, ACCOUNT + role, "/orders.v1.Orders/" + method)).isEqualTo(expected);
    assertThat(
            answer(STATED, "arn:aws:iam::999988887777:role/" + role, "/orders.v1.Orders/" + method))
        .isEqualTo("deny");
    assertThat(answer(STATED, "nobody", "/orders.v1.Orders/" + method)).isEqualTo("deny");
  }

  @ParameterizedTest
  @CsvSource({"/orders.v1.Silent/Call", "/orders.v1.Other/Get", "/grpc.health.v1.Health/Check"})
  void methodWithoutAnyOption_isDeniedToEverybody(String method) {
    assertThat(answer(STATED, ACCOUNT + "checkout", method)).isEqualTo("deny");
    assertThat(answer(STATED, "nobody", method)).isEqualTo("deny");
  }

  @Test
  void rule_isNamedAfterItsMethod() {
    assertThat(
            PolicyAnswer.of(
                    STATED,
                    CallerQuery.parse(ACCOUNT + "checkout"),
                    MethodPath.parse("/orders.v1.Orders/Create"))
                .rule())
        .contains(RuleName.parse("/orders.v1.Orders/Create"));
  }

  @Test
  void publicMethods_areThoseTheCodeLists() {
    AccessPolicy policy =
        ProtoPolicy.builder("orders")
            .service(OrdersGrpc.getServiceDescriptor())
            .publicMethods("/grpc.health.v1.Health/*")
            .build();

    assertThat(answer(policy, "nobody", "/grpc.health.v1.Health/Check")).isEqualTo("allow");
    assertThat(answer(policy, "nobody", "/orders.v1.Orders/Get")).isEqualTo("deny");
  }

  @Test
  void descriptorThatKnowsNothingOfTheOption_isReadAllTheSame() throws Exception {
    AccessPolicy policy =
        ProtoPolicy.builder("orders").service(unaware().findServiceByName("Orders")).build();

    assertThat(answer(policy, ACCOUNT + "checkout", "/orders.v1.Orders/Create")).isEqualTo("allow");
    assertThat(answer(policy, ACCOUNT + "anyone", "/orders.v1.Orders/Create")).isEqualTo("deny");
    assertThat(answer(policy, ACCOUNT + "anyone", "/orders.v1.Orders/Get")).isEqualTo("allow");
  }

  /** As reflection gives it: the options are among the unknown fields. */
  private static FileDescriptor unaware()
      throws InvalidProtocolBufferException, DescriptorValidationException {
    Descriptor message = Request.getDescriptor();
    FileDescriptorProto read =
        FileDescriptorProto.parseFrom(message.getFile().toProto().toByteString());
    assertThat(read.getService(0).getMethod(1).getOptions().getUnknownFields().asMap())
        .containsKey(AllowProto.ALLOW_FIELD_NUMBER);
    return FileDescriptor.buildFrom(
        read, message.getFile().getDependencies().toArray(FileDescriptor[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "checkout, Create, allow, checkout creates",
    "checkout, Cancel, deny, -", // the file leaves it out
    "checkout, Get, deny, frozen", // the file's deny rule holds
    "robot, Create, deny, -", // the file alone allows it
    "anyone, Get, allow, all reads",
    "anyone, Unknown, deny, -",
  })
  void underAFile_bothMustAllow(String role, String method, String expected, String rule) {
    AccessPolicy file =
        PolicyDocument.read(
                "narrow.yaml",
                """
                name: narrow
                deny_rules:
                  - name: frozen
                    source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
                    request: {paths: ["/orders.v1.Orders/Get"]}
                allow_rules:
                  - name: checkout creates
                    source:
                      principals:
                        - arn:aws:iam::111122223333:role/checkout
                        - arn:aws:iam::111122223333:role/robot
                    request: {paths: ["/orders.v1.Orders/Create", "/orders.v1.Orders/Unknown"]}
                  - name: all reads
                    source: {principals: ["arn:aws:iam::111122223333:*"]}
                    request: {paths: ["/orders.v1.Orders/Get*"]}
                public_methods: ["/orders.v1.Orders/Cancel"]
                """
                    .getBytes(UTF_8))
            .fold(
                PolicyReading.Loaded::policy,
                rejected -> {
                  throw new AssertionError(rejected.problems().toString());
                });
    AccessPolicy both = STATED.narrowedBy(file);
    MethodPath path = MethodPath.parse("/orders.v1.Orders/" + method);

    var answer = PolicyAnswer.of(both, CallerQuery.parse(ACCOUNT + role), path);

    assertThat(answer.answer()).hasToString(expected);
    assertThat(answer.rule().map(RuleName::value).orElse("-")).isEqualTo(rule);
    assertThat(both.isPublic(path)).isFalse();
  }

  @Test
  void service_givenTwiceOrNotOfAProtoFile_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProtoPolicy.of(
                    "orders", OrdersGrpc.getServiceDescriptor(), OrdersGrpc.getServiceDescriptor()))
        .withMessage("service: orders.v1.Orders (expected: each once)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtoPolicy.of("x", ServiceDescriptor.newBuilder("a.B").build()))
        .withMessage("service: a.B (expected: one described by a .proto file)");
  }

  @Test
  void option_isInTheArtifactForOthersToImport() {
    assertThat(ProtoPolicy.class.getResource("/rolecall/v1/allow.proto")).isNotNull();
  }

  /** A number that nobody else chooses: see docs/decisions.md. */
  @Test
  void numbers_comeFromTheOptionsNames() throws Exception {
    for (var extension : List.of(AllowProto.allow, AllowProto.defaultAllow)) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(extension.getDescriptor().getFullName().getBytes(UTF_8));
      BigInteger number =
          new BigInteger(1, Arrays.copyOf(hash, 8))
              .mod(BigInteger.valueOf(400_000_000))
              .add(BigInteger.valueOf(100_000_000));
      assertThat(extension.getNumber()).isEqualTo(number.intValueExact());
    }
  }
}
