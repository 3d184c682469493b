package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** With the AWS SDK's own STS client, over a loopback connection. */
@Tag("attack")
final class AssumedRoleCredentialsTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/team/checkout";
  private static final String ASSUMED =
      "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
          + "<AssumedRoleUser><AssumedRoleId>AROA1:s</AssumedRoleId>"
          + "<Arn>arn:aws:sts::111122223333:assumed-role/checkout/s</Arn></AssumedRoleUser>"
          + "<Credentials><AccessKeyId>ASIAASSUMED000000001</AccessKeyId>"
          + "<SecretAccessKey>assumed-secret</SecretAccessKey>"
          + "<SessionToken>assumed-token</SessionToken>"
          + "<Expiration>2126-11-21T23:18:45Z</Expiration></Credentials></AssumeRoleResult>"
          + "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></AssumeRoleResponse>";
  private static final String DENIED =
      "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
          + "<Type>Sender</Type><Code>AccessDenied</Code>"
          + "<Message>echo of "
          + FakeCredentials.SESSION_TOKEN
          + "</Message></Error><RequestId>r-2</RequestId></ErrorResponse>";

  private final FakeCredentials base = new FakeCredentials();

  @Test
  void proof_roleAssumed_isSignedByTheRole() throws Exception {
    try (FakeSts sts = new FakeSts(200, ASSUMED);
        ProofSource source = source(sts.endpoint())) {
      CallerProof proof = proof(source);

      assertThat(proof.accessKeyId()).isEqualTo("ASIAASSUMED000000001");
      assertThat(proof.sessionToken()).isEqualTo("assumed-token");
      assertThat(proof.host()).hasToString("127.0.0.1:" + sts.endpoint().getPort());
      assertThat(proof.signature())
          .isEqualTo(
              RebuiltRequest.signature(
                  proof,
                  ProofBinding.bearer().signedHeaders(Audience.of("orders")),
                  "us-east-1",
                  "assumed-secret"));
      assertThat(sts.requests())
          .singleElement()
          .asString()
          .contains(
              "Action=AssumeRole",
              "RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fteam%2Fcheckout",
              "RoleSessionName=rolecall-orders",
              "/us-east-1/sts/aws4_request",
              FakeCredentials.ACCESS_KEY_ID);
    }
  }

  @Test
  void proof_whereTheSwitchesAreOn_isAskedOfTheEndpointAllTheSame() throws Exception {
    System.setProperty("aws.useFipsEndpoint", "true");
    System.setProperty("aws.useDualstackEndpoint", "true");
    try (FakeSts sts = new FakeSts(200, ASSUMED);
        ProofSource source = source(sts.endpoint())) {
      assertThat(proof(source).accessKeyId()).isEqualTo("ASIAASSUMED000000001");
    } finally {
      System.clearProperty("aws.useFipsEndpoint");
      System.clearProperty("aws.useDualstackEndpoint");
    }
  }

  @Test
  void proof_twoBindings_assumeTheRoleOnce() throws Exception {
    try (FakeSts sts = new FakeSts(200, ASSUMED);
        ProofSource source = source(sts.endpoint())) {
      assertThat(proof(source)).isNotNull();
      assertThat(
              source
                  .proof(
                      new ProofBinding.Key(
                          new dev.rolecall.identity.BindingHash(FakeConnection.LEAF_HASH)),
                      Runnable::run)
                  .toCompletableFuture()
                  .join())
          .isNotNull();

      assertThat(sts.requests()).hasSize(1);
    }
  }

  @Test
  void proof_denied_saysWhichRoleAndNotWhatStsEchoed() throws Exception {
    try (FakeSts sts = new FakeSts(403, DENIED);
        ProofSource source = source(sts.endpoint())) {
      assertThat(failure(source))
          .isInstanceOfSatisfying(
              ProofUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContainingAll(ROLE, "AccessDenied", "HTTP 403", "r-2")
          .hasMessageNotContaining(FakeCredentials.SESSION_TOKEN)
          .hasNoCause();
    }
  }

  @Test
  void proof_connectionRefused_isRetryable() throws Exception {
    int unused;
    try (ServerSocket taken = new ServerSocket(0)) {
      unused = taken.getLocalPort();
    }
    try (ProofSource source = source(URI.create("http://127.0.0.1:" + unused))) {
      assertThat(failure(source))
          .isInstanceOfSatisfying(
              ProofUnavailableException.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining(ROLE);
    }
  }

  @Test
  void close_afterAssuming_leavesTheGivenProviderOpen() throws Exception {
    try (FakeSts sts = new FakeSts(200, ASSUMED)) {
      ProofSource source = source(sts.endpoint());
      assertThat(proof(source)).isNotNull();
      source.close();

      assertThat(base.isClosed()).isFalse();
    }
  }

  private ProofSource source(URI endpoint) {
    return ProofSource.builder(Audience.of("orders"))
        .credentialsProvider(base)
        .endpoint(endpoint, Region.US_EAST_1)
        .assumeRole(ROLE)
        .build();
  }

  private static CallerProof proof(ProofSource source) {
    return source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join();
  }

  private static Throwable failure(ProofSource source) {
    return source
        .proof(ProofBinding.bearer(), Runnable::run)
        .handle(
            (proof, failure) ->
                failure instanceof CompletionException e && e.getCause() != null
                    ? e.getCause()
                    : failure)
        .toCompletableFuture()
        .join();
  }
}
