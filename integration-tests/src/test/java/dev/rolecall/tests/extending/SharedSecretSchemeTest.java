package dev.rolecall.tests.extending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.EchoService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A scheme that no main file knows, at the gRPC guard beside the one that asks STS, and through the
 * engine alone.
 */
class SharedSecretSchemeTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String INTERN = "arn:aws:iam::111122223333:role/intern";
  private static final SharedSecretScheme SCHEME =
      new SharedSecretScheme(Map.of("ci", "s3cret", "nightly-build", "other"));
  private static final AccessPolicy POLICY =
      AccessPolicy.builder("echo")
          .allow(
              "both kinds",
              List.of(PrincipalPattern.parse("key:ci"), PrincipalPattern.parse(CHECKOUT)),
              Echo.path(Echo.SAY))
          .allow(PrincipalPattern.parse("key:nightly-build"), Echo.path(Echo.COUNT))
          .build();

  @RegisterExtension
  private final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private Channel guardedByBoth() {
    CallGuard guard =
        rolecall.closing(rolecall.guardBuilder(PolicySource.fixed(POLICY)).accept(SCHEME).build());
    return rolecall.serve(
        guard, new EchoService(Runnable::run, () -> CurrentCaller.get().principal().text()));
  }

  private static Channel bearing(Channel channel, String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static String say(Channel channel, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, Echo.SAY, options, "hello");
  }

  private static Status statusOf(Channel channel, CallOptions options) {
    try {
      return Status.OK.withDescription(say(channel, options));
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  @Test
  void guard_ofBothSchemes_admitsBothKindsOfCallers() {
    Channel channel = guardedByBoth();

    assertThat(say(bearing(channel, "toy-ci-s3cret"), CallOptions.DEFAULT)).startsWith("key:ci,");
    assertThat(say(channel, CallOptions.DEFAULT.withCallCredentials(rolecall.as(CHECKOUT))))
        .startsWith(CHECKOUT);
  }

  @Test
  void guard_ofBothSchemes_deniesEachKindByPolicy() {
    Channel channel = guardedByBoth();

    assertThat(statusOf(bearing(channel, "toy-nightly-build-other"), CallOptions.DEFAULT))
        .extracting(Status::getCode, Status::getDescription)
        .containsExactly(
            Status.Code.PERMISSION_DENIED, RefusalReason.METHOD_NOT_ALLOWED.statusDescription());
    assertThat(
            statusOf(channel, CallOptions.DEFAULT.withCallCredentials(rolecall.as(INTERN)))
                .getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toy-ci-wrong",
        "toy-ci-s3cre",
        "toy-ci-s3crets",
        "toy-ci-",
        "toy-ci",
        "toy-nightly-build-s3cret",
        "toy-unknown-",
        "toy-unknown-null",
        "toy--",
        "toy-"
      })
  void guard_ofBothSchemes_refusesAWrongSecret(String token) {
    assertThat(statusOf(bearing(guardedByBoth(), token), CallOptions.DEFAULT))
        .extracting(Status::getCode, Status::getDescription)
        .containsExactly(
            Status.Code.UNAUTHENTICATED, RefusalReason.ISSUER_REFUSED.statusDescription());
    assertThat(rolecall.sts().requests().total()).isZero();
  }

  @Test
  void guard_ofBothSchemes_refusesWhatIsOfNeither() {
    assertThat(statusOf(bearing(guardedByBoth(), "toi-ci-s3cret"), CallOptions.DEFAULT))
        .extracting(Status::getCode, Status::getDescription)
        .containsExactly(
            Status.Code.UNAUTHENTICATED, RefusalReason.CREDENTIAL_MALFORMED.statusDescription());
  }

  /** The answer about a call, as a door that is not gRPC would ask for it. */
  private static Outcome check(AccessControl access, String token) {
    return access.check(
        access.method(Echo.SAY.getFullMethodName(), true),
        access.connection("192.0.2.1", Optional.empty(), null),
        Credential.bearer(token));
  }

  @Test
  void engineAlone_admitsTheSchemesCaller_andRefusesTheRest() {
    try (AccessControl access =
        AccessControl.builder(PolicySource.fixed(POLICY)).accept(SCHEME).build()) {
      assertThat(check(access, "toy-ci-s3cret"))
          .isInstanceOfSatisfying(
              Admission.class,
              admission ->
                  assertThat(Optional.ofNullable(admission.caller()).map(Caller::principal))
                      .hasValue(new ApiClient("ci")));
      assertThat(check(access, "toy-ci-wrong"))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.ISSUER_REFUSED));
      assertThat(check(access, "toy-nightly-build-other"))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED));
    }
  }

  @Test
  void scheme_isAFileOfFewerThan60Lines() {
    assertThat(
            Checkout.text(
                    "integration-tests/src/test/java/"
                        + SharedSecretScheme.class.getName().replace('.', '/')
                        + ".java")
                .lines()
                .count())
        .isLessThan(60);
  }
}
