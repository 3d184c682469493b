package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.spring.internal.client.CredentialsAttachment;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import dev.rolecall.spring.tokens.TokenCredentials;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The channels that carry tokens, against a server that takes them. */
class TokenChannelsTest {

  private static final String CHANNEL = "rolecall.client.token-channels.orders.";
  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private final LoopbackIssuer corp = new LoopbackIssuer();
  private final StsEmulator sts = StsEmulator.start();

  @TempDir private Path folder;
  private ApplicationContextRunner server;

  private final ApplicationContextRunner client =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RolecallClientAutoConfiguration.class));

  @BeforeEach
  void setUp() throws Exception {
    server =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class))
            .withPropertyValues(
                "rolecall.server.audience=orders",
                "rolecall.server.policy="
                    + file(
                        "policy.yaml",
                        """
                        name: orders
                        allow_rules:
                          - name: all
                            source: {principals: ["oidc:corp:alice", "%s"]}
                            request: {paths: ["/tests.v1.Questions/*"]}
                        """
                            .formatted(CHECKOUT)),
                "rolecall.server.issuers.corp.url=" + corp.url(),
                "rolecall.server.web-identity[0].account=111122223333",
                "rolecall.server.web-identity[0].issuer="
                    + sts.outboundFederation().enable("111122223333"));
  }

  @AfterEach
  void tearDown() {
    corp.close();
    sts.close();
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private ApplicationContextRunner ofRole() {
    EmulatedCredentials role = sts.addRole(CHECKOUT);
    return client
        .withBean(
            AwsCredentialsProvider.class,
            () ->
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        role.accessKeyId(),
                        role.secretAccessKey(),
                        role.sessionToken().orElseThrow())))
        .withPropertyValues("rolecall.sts.endpoint=" + sts.endpoint());
  }

  private ApplicationContextRunner ofIssuer(String secret) throws Exception {
    return client.withPropertyValues(
        CHANNEL + "client-credentials.issuer=" + corp.url(),
        CHANNEL + "client-credentials.client-id=checkout",
        CHANNEL + "client-credentials.secret-file=" + file("secret", secret),
        CHANNEL + "client-credentials.audiences=orders");
  }

  private void assertAskedAs(String caller, ApplicationContextRunner application) {
    server.run(
        serving ->
            application.run(
                calling -> {
                  try (InProcess orders =
                      InProcess.of(serving, () -> CurrentCaller.get().principal().text())) {
                    assertThat(orders.askBy("orders", calling.getBean(CredentialsAttachment.class)))
                        .isEqualTo(caller);
                  }
                }));
  }

  @Test
  void tokenOfAFile_isBrought() throws Exception {
    assertAskedAs(
        "oidc:corp:alice",
        client.withPropertyValues(CHANNEL + "file=" + file("token", corp.token("orders"))));
  }

  @Test
  void tokenOfAnIssuer_isAskedForAndBrought() throws Exception {
    assertAskedAs("oidc:corp:alice", ofIssuer("secret"));
  }

  @Test
  void webIdentityToken_isAskedForAndBrought() {
    assertAskedAs(CHECKOUT, ofRole().withPropertyValues(CHANNEL + "web-identity.audience=orders"));
  }

  @Test
  void tokenOfAnIssuer_thatRefusesTheClient_failsTheCall() throws Exception {
    ApplicationContextRunner application = ofIssuer("wrong");
    server.run(
        serving ->
            application.run(
                calling -> {
                  try (InProcess orders = InProcess.of(serving, () -> "reached")) {
                    Status status =
                        catchThrowableOfType(
                                StatusRuntimeException.class,
                                () ->
                                    orders.askBy(
                                        "orders", calling.getBean(CredentialsAttachment.class)))
                            .getStatus();
                    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                    assertThat(status.getDescription())
                        .contains("invalid_client")
                        .doesNotContain("wrong");
                  }
                }));
  }

  @Test
  void channel_thatIsNotNamed_bringsNone() throws Exception {
    ApplicationContextRunner application =
        client.withPropertyValues(CHANNEL + "file=" + file("token", corp.token("orders")));
    server.run(
        serving ->
            application.run(
                calling -> {
                  try (InProcess orders = InProcess.of(serving, () -> "reached")) {
                    assertThat(
                            catchThrowableOfType(
                                    StatusRuntimeException.class,
                                    () ->
                                        orders.askBy(
                                            "other", calling.getBean(CredentialsAttachment.class)))
                                .getStatus()
                                .getDescription())
                        .startsWith("CREDENTIAL_MISSING");
                  }
                }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allow-plaintext=true | orders: | no token (expected: one of file
          file=/token web-identity.audience=orders | orders: | tokens from 2 places (expected: one of file
          client-credentials.client-id=a | orders.client-credentials.issuer: | not set
          client-credentials.issuer=https://idp.example | orders.client-credentials.client-id: | not set
          client-credentials.issuer=https://idp.example client-credentials.client-id=a | orders.client-credentials.secret-file: | not set
          client-credentials.issuer=ftp://idp.example | orders.client-credentials.issuer: | ftp://idp.example
          client-credentials.issuer=http://idp.example client-credentials.client-id=a client-credentials.secret-file=/s | orders: | plain http
          client-credentials.issuer=https://idp.example client-credentials.client-id=a client-credentials.secret-file=/s client-credentials.scopes=a\\b | orders.client-credentials.scopes: | scope
          web-identity.assume-role=checkout | orders.web-identity.audience: | not set
          web-identity.audience=orders web-identity.assume-role=checkout | orders.web-identity.assume-role: | checkout
          web-identity.audience=orders web-identity.sts.region=nowhere | orders.web-identity.sts.region: | nowhere
          """)
  void property_thatBreaksARule_failsTheStartAndIsNamed(
      String properties, String name, String said) {
    client
        .withPropertyValues(
            Stream.of(properties.split(" ")).map(CHANNEL::concat).toArray(String[]::new))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains(
                                    InvalidSettingException.class.getName()
                                        + ": rolecall.client.token-channels."
                                        + name)
                                .contains(said)));
  }

  @Test
  void channel_withATokenAndProofs_failsTheStart() {
    client
        .withPropertyValues(
            CHANNEL + "file=/token", "rolecall.client.channels.orders.audience=orders")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains("a token, with rolecall.client.channels.orders")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file=/token", "client-credentials.client-id=a"})
  void token_withoutItsArtifact_failsTheStart_andNamesIt(String property) {
    client
        .withClassLoader(new FilteredClassLoader("dev.rolecall.tokencredentials"))
        .withPropertyValues(CHANNEL + property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains("dev.rolecall:rolecall-token-credentials")));
  }

  @Test
  void webIdentity_needsNoFurtherArtifact() {
    client
        .withClassLoader(new FilteredClassLoader("dev.rolecall.tokencredentials"))
        .withPropertyValues(CHANNEL + "web-identity.audience=orders")
        .run(
            context -> {
              TokenCredentials credentials = context.getBean(TokenCredentials.class);
              assertThat(credentials).hasToString("TokenCredentials[orders]");
              assertThat(credentials.ofChannel("orders"))
                  .get()
                  .hasToString("WebIdentityCallCredentials[orders]");
              assertThat(credentials.ofChannel("other")).isEmpty();
            });
  }
}
