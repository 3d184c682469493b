package dev.rolecall.protopolicy;

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
import dev.rolecall.protopolicy.v1.Allow;
import dev.rolecall.protopolicy.v1.AllowProto;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                        2,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("only on weekdays"))
                            .build())
                    .build())
            .build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policyOf(service(methodOption(newer))))
        .withMessage(
            "orders.v1.Orders/Create: option (rolecall.v1.allow): says more than this version knows"
                + " (expected: roles alone)");
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

  private static void policyOf(ServiceDescriptorProto.Builder service) {
    ProtoPolicy.builder("orders").service(descriptor(service)).build();
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
