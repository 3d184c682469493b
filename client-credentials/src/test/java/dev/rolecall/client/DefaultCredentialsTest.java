package dev.rolecall.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.client.credentials.CredentialsFailure;
import dev.rolecall.client.credentials.CredentialsPlace;
import dev.rolecall.client.internal.WatchedPlace;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.ProofBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** The causes of missing credentials, place by place; each is a real one. */
final class DefaultCredentialsTest {

  private static final String SECRET = "wJalrXUtnFEMI-K7MDENG";
  private static final List<String> VARIABLES =
      List.of("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN");

  @TempDir Path directory;
  private final Map<String, String> replaced = new HashMap<>();

  @BeforeEach
  void noPlaceIsSetUp() throws IOException {
    assumeTrue(
        VARIABLES.stream().allMatch(name -> System.getenv(name) == null),
        "the environment has AWS credentials: unset " + VARIABLES + " for this test");
    Files.writeString(directory.resolve("config"), "");
    set("aws.configFile", directory.resolve("config").toString());
    set("aws.sharedCredentialsFile", directory.resolve("none").toString());
    set("aws.disableEc2Metadata", "true");
  }

  @AfterEach
  void restore() {
    replaced.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void set(String name, String value) {
    replaced.putIfAbsent(name, System.getProperty(name, ""));
    System.setProperty(name, value);
  }

  private void config(String text) throws IOException {
    Files.writeString(directory.resolve("config"), text);
  }

  private static ProofUnavailableException failure() {
    try (ProofSource source =
        ProofSource.builder(Audience.of("orders")).region(Region.EU_WEST_1).build()) {
      source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join();
      throw new AssertionError("there are credentials");
    } catch (CompletionException e) {
      ProofUnavailableException failure =
          requireNonNull((ProofUnavailableException) e.getCause(), "cause");
      assertThat(failure.getMessage()).doesNotContain(SECRET, "SdkClientException");
      return failure;
    }
  }

  private static void assertCause(
      CredentialsPlace place, CredentialsFailure failure, String words) {
    ProofUnavailableException thrown = failure();

    assertThat(thrown.attempts())
        .filteredOn(attempt -> attempt.place() == place)
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.failure()).as(attempt.toString()).isEqualTo(failure);
              assertThat(attempt.words()).contains(words);
            });
    assertThat(String.valueOf(thrown.getMessage()).lines()).anyMatch(line -> line.contains(words));
  }

  @Test
  void nothing_isToldPlaceByPlaceInOrder() {
    assertThat(failure().getMessage())
        .isEqualTo(
            """
            no AWS credentials; tried the default chain:
              Java system properties: not set
              environment variables: not set
              web identity token file (EKS service account): not set
              profile: none called default
              container endpoint (ECS task, EKS Pod Identity): not set
              EC2 instance metadata: switched off by AWS_EC2_METADATA_DISABLED or a property""");
  }

  @Test
  void halfOfTheProperties_namesTheOtherHalf() {
    set("aws.accessKeyId", "ASIAEXAMPLE000000001");

    assertCause(
        CredentialsPlace.SYSTEM_PROPERTIES,
        CredentialsFailure.INCOMPLETE,
        "aws.secretAccessKey not set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chekout | NO_SUCH_PROFILE | no profile 'chekout' (did you mean 'checkout'?)
          zebra   | NO_SUCH_PROFILE | no profile 'zebra'
          circle  | PROFILE_CIRCLE  | circle -> back -> circle
          lost    | NO_SUCH_PROFILE | 'lost' has a source_profile that is missing: 'gone'
          bare    | INCOMPLETE      | 'bare' has role_arn and neither source_profile nor
          half    | INCOMPLETE      | 'half' lacks aws_secret_access_key
          empty   | INCOMPLETE      | 'empty' holds no credentials
          exits   | PROCESS_FAILED  | ended with status 3
          absent  | PROCESS_FAILED  | ended with status 127: no such command
          talks   | PROCESS_OUTPUT  | printed no credentials in JSON
          web     | FILE_MISSING    | the token file /nowhere/token is missing
          sso     | NOT_SIGNED_IN   | not signed in
          old     | NOT_SIGNED_IN   | not signed in
          strange | INCOMPLETE      | an sso_session that is missing: [sso-session crop]
          roleless | INCOMPLETE     | 'roleless' lacks sso_role_name
          source  | INVALID         | is none of Environment, Ec2InstanceMetadata, EcsContainer
          nothing | INVALID         | the credential_source of 'nothing' has no credentials
          """)
  void profile_isToldWhatIsWrong(String name, CredentialsFailure failure, String words)
      throws IOException {
    config(
        """
        [profile checkout]
        aws_access_key_id = ASIAEXAMPLE000000001
        aws_secret_access_key = %1$s
        [profile circle]
        role_arn = arn:aws:iam::111122223333:role/a
        source_profile = back
        [profile back]
        role_arn = arn:aws:iam::111122223333:role/b
        source_profile = circle
        [profile lost]
        role_arn = arn:aws:iam::111122223333:role/a
        source_profile = gone
        [profile bare]
        role_arn = arn:aws:iam::111122223333:role/a
        [profile half]
        aws_access_key_id = ASIAEXAMPLE000000001
        [profile empty]
        region = eu-west-1
        [profile exits]
        credential_process = sh -c "echo %1$s; echo %1$s >&2; exit 3"
        [profile absent]
        credential_process = /nowhere/%1$s
        [profile talks]
        credential_process = echo %1$s
        [profile web]
        role_arn = arn:aws:iam::111122223333:role/a
        web_identity_token_file = /nowhere/token
        [sso-session corp]
        sso_region = eu-west-1
        sso_start_url = https://corp.invalid/start
        [profile sso]
        sso_session = corp
        sso_account_id = 111122223333
        sso_role_name = dev
        [profile strange]
        sso_session = crop
        sso_account_id = 111122223333
        sso_role_name = dev
        [profile roleless]
        sso_session = corp
        sso_account_id = 111122223333
        [profile source]
        role_arn = arn:aws:iam::111122223333:role/a
        credential_source = Environmental
        [profile nothing]
        role_arn = arn:aws:iam::111122223333:role/a
        credential_source = Environment
        [profile old]
        sso_start_url = https://corp.invalid/start
        sso_region = eu-west-1
        sso_account_id = 111122223333
        sso_role_name = dev
        """
            .formatted(SECRET));
    set("aws.profile", name);
    set("user.home", directory.toString());

    assertCause(CredentialsPlace.PROFILE, failure, words);
  }

  @Test
  void profileFileThatIsNone_isToldWithoutItsWords() throws IOException {
    config("aws_secret_access_key " + SECRET + "\n[");

    assertCause(CredentialsPlace.PROFILE, CredentialsFailure.FILE_UNREADABLE, "not as it should");
  }

  @Test
  void webIdentity_withoutItsFileOrRole_isTold() throws IOException {
    set("aws.webIdentityTokenFile", directory.resolve("token").toString());
    assertCause(
        CredentialsPlace.WEB_IDENTITY, CredentialsFailure.INCOMPLETE, "AWS_ROLE_ARN is not");

    set("aws.roleArn", "arn:aws:iam::111122223333:role/a");
    assertCause(CredentialsPlace.WEB_IDENTITY, CredentialsFailure.FILE_MISSING, "is missing");

    Files.createDirectory(directory.resolve("token"));
    assertCause(
        CredentialsPlace.WEB_IDENTITY, CredentialsFailure.FILE_UNREADABLE, "cannot be read");
  }

  @ParameterizedTest
  @CsvSource({"aws.useFipsEndpoint", "aws.useDualstackEndpoint"})
  void endpointBesideASwitch_isToldByTheNamesOfBoth(String name) throws IOException {
    set("aws.endpointUrl", "http://127.0.0.1:1/" + SECRET);
    set(name, "true");
    String told =
        "the AWS SDK refuses to have aws.endpointUrl beside " + name + ": unset one of them";

    set("aws.webIdentityTokenFile", Files.writeString(directory.resolve("token"), "x").toString());
    set("aws.roleArn", "arn:aws:iam::111122223333:role/a");
    assertCause(CredentialsPlace.WEB_IDENTITY, CredentialsFailure.CONTRADICTORY, told);

    config("[default]\nsso_start_url = https://x.awsapps.com/start\n");
    WatchedPlace profile =
        new DefaultCredentials(Duration.ofSeconds(1))
            .watched().stream()
                .filter(each -> each.place() == CredentialsPlace.PROFILE)
                .findFirst()
                .orElseThrow();
    assertThat(
            profile
                .attempt(
                    SdkClientException.create(
                        "Invalid Configuration: FIPS and custom endpoint are not supported"))
                .toString())
        .contains(told);
  }

  @ParameterizedTest
  @CsvSource({"403,false", "404,false", "500,true", "503,true"})
  void container_thatAnswersNo_isToldByItsStatus(int status, boolean passing) throws IOException {
    try (FakeSts endpoint = new FakeSts(status, SECRET)) {
      set("aws.containerCredentialsFullUri", endpoint.endpoint().toString());
      if (status == 404) {
        // The SDK has no status for it.
        assertCause(
            CredentialsPlace.CONTAINER, CredentialsFailure.HTTP_STATUS, "answered HTTP 404");
        return;
      }
      assertCause(
          CredentialsPlace.CONTAINER, CredentialsFailure.HTTP_STATUS, "answered HTTP " + status);
      assertThat(failure().isRetryable()).isEqualTo(passing);
    }
  }

  @Test
  void container_thatTakesNoConnection_isToldAndMayPass() throws IOException {
    set("aws.containerCredentialsFullUri", urlOfNothing());

    assertCause(
        CredentialsPlace.CONTAINER,
        CredentialsFailure.CONNECTION_REFUSED,
        "the endpoint takes no connection");
    assertThat(failure().isRetryable()).isTrue();
  }

  @Test
  void container_ofAnotherMachineInPlaintext_isNotAsked() {
    set("aws.containerCredentialsFullUri", "http://192.0.2.1/creds");

    assertCause(CredentialsPlace.CONTAINER, CredentialsFailure.INVALID, "the URI is not one");
  }

  @Test
  void instance_whoseEndpointWasNamed_isToldWhatThatDoes() throws IOException {
    set("aws.disableEc2Metadata", "false");
    set("aws.ec2MetadataServiceEndpoint", urlOfNothing());

    assertCause(
        CredentialsPlace.INSTANCE, CredentialsFailure.CONNECTION_REFUSED, "takes no connection");
  }

  @Test
  void instance_switchThatIsNoSwitch_isNamed() {
    set("aws.disableEc2Metadata", "perhaps");

    assertCause(CredentialsPlace.INSTANCE, CredentialsFailure.INVALID, "is neither true nor false");
  }

  @Test
  void roleWithoutItsTokenFile_namesTheOtherHalf() {
    set("aws.roleArn", "arn:aws:iam::111122223333:role/a");

    assertCause(
        CredentialsPlace.WEB_IDENTITY,
        CredentialsFailure.INCOMPLETE,
        "AWS_WEB_IDENTITY_TOKEN_FILE is not");
  }

  @Test
  void instance_withoutARole_isTold() throws IOException {
    try (FakeSts endpoint = new FakeSts(404, SECRET)) {
      set("aws.disableEc2Metadata", "false");
      set("aws.ec2MetadataServiceEndpoint", endpoint.endpoint().toString());

      assertCause(CredentialsPlace.INSTANCE, CredentialsFailure.HTTP_STATUS, "no role is attached");
    }
  }

  @Test
  void search_findsThePlaceThatHasThem() {
    set("aws.accessKeyId", "ASIAEXAMPLE000000001");
    set("aws.secretAccessKey", SECRET);
    set("aws.sessionToken", SECRET);

    CredentialsSearch search = CredentialsSearch.now();

    assertThat(search.found())
        .hasValueSatisfying(
            found -> assertThat(found.place()).isEqualTo(CredentialsPlace.SYSTEM_PROPERTIES));
    assertThat(search.toString()).doesNotContain(SECRET);
  }

  /** The URL of a port where nothing listens. */
  private static String urlOfNothing() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
