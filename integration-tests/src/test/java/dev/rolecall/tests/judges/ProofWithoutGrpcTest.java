package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The client's side signs and the server's side verifies, with no gRPC between the two. */
@Tag("attack")
class ProofWithoutGrpcTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/team/checkout";
  private static final Audience ORDERS = Audience.of("orders");
  private static final Connection PLAIN = Connection.withoutTls("127.0.0.1");

  private final StsEmulator emulator = StsEmulator.start();
  private final EmulatedCredentials checkout =
      emulator.add(EmulatedPrincipal.builder(CHECKOUT).sessionName("i-0abc").build());
  private final CallerLookup callers =
      CallerLookup.by(
          StsVerifier.forAudience(ORDERS)
              .acceptCustomEndpoint(emulator.endpoint(), "eu-west-1", Partition.AWS)
              .lookUpTimeout(Bench.LOOK_UP_TIMEOUT));

  @AfterEach
  void stop() {
    callers.close();
    emulator.close();
  }

  @Test
  void verify_proofOfARole_namesTheRoleWithoutItsPath() {
    CallerProof proof = proof(ORDERS, ProofBinding.bearer());

    Caller caller = callerOf(verify(proof, PLAIN));

    assertThat(caller.principal().text()).isEqualTo("arn:aws:iam::111122223333:role/checkout");
    assertThat(caller.evidence().sessionName().orElseThrow()).isEqualTo("i-0abc");
    assertThat(caller.role().orElseThrow().id().orElseThrow().toString())
        .isEqualTo(emulator.uniqueId(CHECKOUT));
    assertThat(caller.notAfter()).isEqualTo(proof.signedAt().plus(Duration.ofMinutes(15)));
  }

  @Test
  void verify_roleAssumedByTheClient_namesTheAssumedRole() {
    emulator.addRole("arn:aws:iam::444455556666:role/audit");
    try (ProofSource source =
        options(ORDERS, checkout)
            .assumeRole("arn:aws:iam::444455556666:role/audit", "from-checkout")
            .build()) {
      CallerProof proof = join(source, ProofBinding.bearer());

      assertThat(callerOf(verify(proof, PLAIN)))
          .hasToString("arn:aws:sts::444455556666:assumed-role/audit/from-checkout");
    }
  }

  @Test
  void verify_proofBoundToThisConnection_isVerified() {
    ProofBinding channel = new ProofBinding.Channel(hash("this server's leaf"));
    CallerProof proof = proof(ORDERS, channel);

    callerOf(verify(proof, new Connection("127.0.0.1", Set.of(hash("this server's leaf")))));
  }

  @Test
  void verify_proofBoundToAnotherServer_isRefusedWithoutAskingSts() {
    ProofBinding channel = new ProofBinding.Channel(hash("an impostor's leaf"));
    CallerProof proof = proof(ORDERS, channel);

    Refusals.assertRefused(
        verify(proof, new Connection("127.0.0.1", Set.of(hash("this server's leaf")))),
        RefusalReason.CHANNEL_MISMATCH);
    assertThat(stsCalls()).isZero();
  }

  @Test
  void verify_proofForAnotherAudience_isRefusedWithoutAskingSts() {
    Refusals.assertRefused(
        verify(proof(Audience.of("billing"), ProofBinding.bearer()), PLAIN),
        RefusalReason.AUDIENCE_MISMATCH);
    assertThat(stsCalls()).isZero();
  }

  @Test
  void verify_audienceRewrittenInTheText_isRefusedBySts() {
    String stolen =
        proof(Audience.of("billing"), ProofBinding.bearer())
            .text()
            .replace("~billing~", "~orders~");

    Refusals.assertRefused(join(stolen, PLAIN), RefusalReason.ISSUER_REFUSED);
    assertThat(stsCalls()).isEqualTo(1);
  }

  @Test
  void verify_channelRewrittenInTheText_isRefusedBySts() {
    BindingHash ours = hash("this server's leaf");
    BindingHash theirs = hash("an impostor's leaf");
    String lifted =
        proof(ORDERS, new ProofBinding.Channel(theirs))
            .text()
            .replace(
                new ProofBinding.Channel(theirs).text(), new ProofBinding.Channel(ours).text());

    Refusals.assertRefused(
        join(lifted, new Connection("127.0.0.1", Set.of(ours))), RefusalReason.ISSUER_REFUSED);
  }

  @Test
  void verify_channelProofPassedOffAsABearer_isRefusedBySts() {
    ProofBinding channel = new ProofBinding.Channel(hash("an impostor's leaf"));
    String weakened = proof(ORDERS, channel).text().replace(channel.text(), "bearer");

    Refusals.assertRefused(join(weakened, PLAIN), RefusalReason.ISSUER_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/alice",
        "arn:aws:iam::111122223333:user/assumed-role/checkout/alice",
        "arn:aws:iam::111122223333:root",
        "arn:aws:sts::111122223333:federated-user/checkout",
        "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0123456789abcdef0",
      })
  void verify_proofOfNoRole_isRefused(String arn) {
    EmulatedCredentials stranger = emulator.add(EmulatedPrincipal.of(arn));
    try (ProofSource source = options(ORDERS, stranger).build()) {
      Refusals.assertRefused(
          verify(join(source, ProofBinding.bearer()), PLAIN),
          RefusalReason.CALLER_KIND_NOT_ACCEPTED);
    }
  }

  @Test
  void verify_roleDeletedSinceTheProof_isRefused() {
    CallerProof proof = proof(ORDERS, ProofBinding.bearer());
    emulator.remove(CHECKOUT);

    Refusals.assertRefused(verify(proof, PLAIN), RefusalReason.ISSUER_REFUSED);
  }

  @Test
  void verify_sameProofAgain_asksStsOnce() {
    CallerProof proof = proof(ORDERS, ProofBinding.bearer());

    assertThat(verify(proof, PLAIN)).isEqualTo(verify(proof, PLAIN));
    assertThat(stsCalls()).isEqualTo(1);
  }

  @Test
  void verify_stsThrottling_isUnavailableAndNotRefused() {
    emulator.fail(Fault.throttled());
    CallerProof proof = proof(ORDERS, ProofBinding.bearer());

    RefusalReason reason =
        verify(proof, PLAIN)
            .fold(
                verified -> RefusalReason.DEFECT,
                Verification.Refused::reason,
                Verification.Unavailable::reason);
    assertThat(reason).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE);

    emulator.clearFaults();
    callerOf(verify(proof, PLAIN));
  }

  private long stsCalls() {
    return emulator.requests().of(StsAction.GET_CALLER_IDENTITY);
  }

  private CallerProof proof(Audience audience, ProofBinding binding) {
    try (ProofSource source = options(audience, checkout).build()) {
      return join(source, binding);
    }
  }

  private ProofSource.Builder options(Audience audience, EmulatedCredentials credentials) {
    return ProofSource.builder(audience)
        .credentialsProvider(StaticCredentialsProvider.create(SdkSts.awsCredentials(credentials)))
        .endpoint(emulator.endpoint(), Region.EU_WEST_1);
  }

  private static CallerProof join(ProofSource source, ProofBinding binding) {
    return source.proof(binding, Runnable::run).toCompletableFuture().join();
  }

  private Verification verify(CallerProof proof, Connection connection) {
    return join(proof.text(), connection);
  }

  private Verification join(String proofText, Connection connection) {
    return callers.find(Credential.bearer(proofText), connection).join();
  }

  private static Caller callerOf(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verification).caller();
  }

  private static BindingHash hash(String certificate) {
    return BindingHash.of(certificate.getBytes(UTF_8));
  }
}
