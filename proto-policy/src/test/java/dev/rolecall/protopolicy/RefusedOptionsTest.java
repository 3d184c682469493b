package dev.rolecall.protopolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceOptions;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.UnknownFieldSet;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.protopolicy.v1.Allow;
import dev.rolecall.protopolicy.v1.AllowProto;
import dev.rolecall.protopolicy.v1.Header;
import dev.rolecall.protopolicy.v1.RequiredGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that are no list of roles: the service does not start, and is told which. */
@Tag("attack")
final class RefusedOptionsTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "checkout",
        "arn:aws:iam::*:role/checkout",
        "arn:aws:iam::1:role/checkout",
        "arn:aws:iam::111122223333:role/*checkout",
        "arn:aws:iam::111122223333:role/team/*",
        "arn:aws:iam::111122223333:user/checkout",
        "arn:aws:iam::111122223333:root",
        "arn:aws:sts::111122223333:assumed-role/checkout/session",
        " arn:aws:iam::111122223333:role/checkout",
        "sso:111122223333:*",
        "oidc:okta",
        "oidc:github:repo:acme*",
        "spiffe://example.org/a/",
        "dns:api.example.com",
        "nobody"
      })
  void role_thatIsNone_isRefusedWithItsMethodsName(String role) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(roles(CHECKOUT, role)))))
        .withMessageStartingWith("orders.v1.Orders/Create: option (rolecall.v1.allow), roles[1]: ")
        .withMessageContaining("(expected: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(serviceOption(roles(role, CHECKOUT)))))
        .withMessageStartingWith("orders.v1.Orders: option (rolecall.v1.default_allow), roles[0]: ")
        .withMessageContaining("(expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group:writers",
        "arn:aws:iam::{prod}:role/checkout",
        "arn:aws:iam::{prod}:*",
        "sso:{prod}:Admin"
      })
  void role_thatNamesAGroup_isRefusedAndSaysWhereGroupsAre(String role) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(roles(CHECKOUT, role)))))
        .withMessageContaining("roles[1]: ")
        .withMessageEndingWith("); groups are defined and named in policy files alone");
  }

  @Test
  void callersOfEachKind_areAllowedAndNoOthers() {
    AccessPolicy policy =
        policyOf(
            service(
                methodOption(
                    roles(
                        CHECKOUT,
                        "oidc:github:repo:acme/*",
                        "client:okta:shop",
                        "spiffe://example.org/shop",
                        "dns:partners:a.example",
                        "key:ci"))));
    MethodPath create = MethodPath.parse("/orders.v1.Orders/Create");

    for (String caller :
        List.of(
            CHECKOUT,
            "oidc:github:repo:acme/shop",
            "spiffe://example.org/shop",
            "dns:partners:a.example",
            "key:ci")) {
      CallerQuery asked = CallerQuery.parse(caller);
      assertThat(PolicyAnswer.of(policy, asked, create).answer()).hasToString("allow");
      Attributes delegated = Attributes.none().withActors(List.of(OidcSubject.of("okta", "agent")));
      assertThat(PolicyAnswer.of(policy, asked.with(delegated), create).answer())
          .hasToString("deny");
    }
    for (String caller :
        List.of("oidc:okta:kim", "spiffe://example.org/a", "dns:others:a.example", "key:cd")) {
      assertThat(PolicyAnswer.of(policy, CallerQuery.parse(caller), create).answer())
          .hasToString("deny");
    }
  }

  @Test
  void option_withoutRoles_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(roles()))))
        .withMessage(
            "orders.v1.Orders/Create: option (rolecall.v1.allow): no roles (expected: at least"
                + " one)");
  }

  @Test
  void everyMethodThatIsWrong_isNamed() {
    ServiceDescriptorProto.Builder wrong = service(serviceOption(roles()));
    wrong.addMethod(
        wrong.getMethodBuilder(0).clone().setName("Cancel").setOptions(methodOption(roles("*"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(wrong))
        .withMessageMatching(
            "orders\\.v1\\.Orders: option [^\\n]*\\norders\\.v1\\.Orders/Cancel: option [^\\n]*");
  }

  @Test
  void option_thatSaysMoreThanIsKnown_isRefused() {
    Allow newer =
        roles(CHECKOUT).toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        7,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("only on weekdays"))
                            .build())
                    .build())
            .build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(newer))))
        .withMessage(
            "orders.v1.Orders/Create: option (rolecall.v1.allow): says more than this version knows"
                + " (expected: roles, networks, headers and requires_grant)");
  }

  @Test
  void header_thatSaysMore_isRefused() {
    Header newer =
        Header.newBuilder()
            .setKey("x-tenant")
            .addValues("blue")
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    Allow allow = roles(CHECKOUT).toBuilder().addHeaders(newer).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(allow))))
        .withMessageContaining("says more than this version knows");
  }

  @Test
  void grant_thatSaysMore_isRefused() {
    RequiredGrant newer =
        RequiredGrant.newBuilder()
            .setPermission("orders-admin")
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(requiring(newer)))))
        .withMessageContaining("says more than this version knows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''            |           | permission:  (expected: 1 to 64 characters of a-z",
        "Orders-Admin  |           | permission: Orders-Admin (expected: 1 to 64 characters",
        "*             |           | permission: * (expected: 1 to 64 characters",
        "orders-admin  | ''        | resource:  (expected: segments with one / between them",
        "orders-admin  | orders/*  | resource: orders/* (expected: segments with one / between",
        "orders-admin  | orders/.. | resource: orders/.. (expected: segments with one / between",
        "orders-admin  | {header:cookie} | header: \"cookie\" (expected: a header that holds no",
        "orders-admin  | {header:X-Region} | header: \"X-Region\" (expected: x-region, in lower",
      })
  void grant_thatIsNone_isRefusedWithItsMethodsName(
      String permission, @Nullable String resource, String problem) {
    RequiredGrant.Builder grant = RequiredGrant.newBuilder().setPermission(permission);
    if (resource != null) {
      grant.setResource(resource);
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(requiring(grant.build())))))
        .withMessageStartingWith(
            "orders.v1.Orders/Create: option (rolecall.v1.allow), requires_grant: " + problem);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(serviceOption(requiring(grant.build())))))
        .withMessageStartingWith(
            "orders.v1.Orders: option (rolecall.v1.default_allow), requires_grant: " + problem);
  }

  private static Allow requiring(RequiredGrant grant) {
    return roles(CHECKOUT).toBuilder().setRequiresGrant(grant).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1/8 | networks[0]: network: \"10.0.0.1/8\" (expected: 10.0.0.0/8)",
        "0.0.0.0/0 | networks[0]: network: \"0.0.0.0/0\" (expected: no networks key, which means"
            + " every address)",
        "'' | networks[0]: network: \"\" (expected: a network such as 10.0.0.0/8 or 2001:db8::/32,"
            + " or one address)",
      })
  void network_thatIsNone_isRefusedWithItsMethodsName(String network, String problem) {
    Allow allow = roles(CHECKOUT).toBuilder().addNetworks(network).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(allow))))
        .withMessage("orders.v1.Orders/Create: option (rolecall.v1.allow), " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Tenant | blue | headers[0]: header: \"X-Tenant\" (expected: x-tenant, in lower case)",
        "cookie | * | headers[0]: header: \"cookie\" (expected: a header that holds no credential;"
            + " principals mean the callers)",
        "x-tenant | b*e | headers[0]: header value: \"b*e\" (expected: 1 to 1000 printable ASCII"
            + " characters, first and last no space, at most one * at one end)",
      })
  void header_thatIsNone_isRefusedWithItsMethodsName(String key, String value, String problem) {
    Header header = Header.newBuilder().setKey(key).addValues(value).build();
    Allow allow = roles(CHECKOUT).toBuilder().addHeaders(header).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(allow))))
        .withMessage("orders.v1.Orders/Create: option (rolecall.v1.allow), " + problem);
  }

  @Test
  void headers_withoutValuesOrTwice_areRefused() {
    Header bare = Header.newBuilder().setKey("x-tenant").build();
    Header blue = bare.toBuilder().addValues("blue").build();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                policyOf(
                    service(serviceOption(roles(CHECKOUT).toBuilder().addHeaders(bare).build()))))
        .withMessageContaining("headers[0]: header \"x-tenant\": 0 values (expected: 1 to 1000)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                policyOf(
                    service(
                        serviceOption(
                            roles(CHECKOUT).toBuilder()
                                .addHeaders(blue)
                                .addHeaders(blue)
                                .build()))))
        .withMessageContaining("headers: \"x-tenant\" twice");
  }

  @Test
  void option_ofAnotherForm_isRefused() {
    UnknownFieldSet.Field number = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    UnknownFieldSet.Field noMessage =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.fromHex("ff")).build();
    for (UnknownFieldSet.Field field : new UnknownFieldSet.Field[] {number, noMessage}) {
      MethodOptions options =
          MethodOptions.newBuilder()
              .setUnknownFields(
                  UnknownFieldSet.newBuilder()
                      .addField(AllowProto.ALLOW_FIELD_NUMBER, field)
                      .build())
              .build();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> policyOf(service(options)))
          .withMessage(
              "orders.v1.Orders/Create: option (rolecall.v1.allow): cannot be read (expected:"
                  + " rolecall/v1/allow.proto's)");
    }
  }

  private static Allow roles(String... roles) {
    return Allow.newBuilder().addAllRoles(List.of(roles)).build();
  }

  private static MethodOptions methodOption(Allow allow) {
    return MethodOptions.newBuilder().setExtension(AllowProto.allow, allow).build();
  }

  private static ServiceOptions serviceOption(Allow allow) {
    return ServiceOptions.newBuilder().setExtension(AllowProto.defaultAllow, allow).build();
  }

  private static ServiceDescriptorProto.Builder service(MethodOptions options) {
    return service(ServiceOptions.getDefaultInstance(), options);
  }

  private static ServiceDescriptorProto.Builder service(ServiceOptions options) {
    return service(options, MethodOptions.getDefaultInstance());
  }

  private static ServiceDescriptorProto.Builder service(
      ServiceOptions ofService, MethodOptions ofMethod) {
    return ServiceDescriptorProto.newBuilder()
        .setName("Orders")
        .setOptions(ofService)
        .addMethod(
            MethodDescriptorProto.newBuilder()
                .setName("Create")
                .setInputType(".orders.v1.Nothing")
                .setOutputType(".orders.v1.Nothing")
                .setOptions(ofMethod));
  }

  private static AccessPolicy policyOf(ServiceDescriptorProto.Builder service) {
    return ProtoPolicy.builder("orders").service(descriptor(service)).build();
  }

  private static ServiceDescriptor descriptor(ServiceDescriptorProto.Builder service) {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("orders.proto")
            .setPackage("orders.v1")
            .addMessageType(DescriptorProto.newBuilder().setName("Nothing"))
            .addService(service)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getServices().get(0);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }
}
