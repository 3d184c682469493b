package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.RenewingCredential;
import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.testsupport.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

final class ProofSourceTest {

  private final ManualTime time = new ManualTime();
  private final FakeCredentials provider = new FakeCredentials();
  private final ProofSource source =
      ProofSource.builder(Audience.of("orders"))
          .credentialsProvider(provider)
          .region(Region.EU_WEST_1)
          .clock(time)
          .build();

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void proof_eachBinding_isItsOwnAndKept() {
    CallerProof bearer = proof(ProofBinding.bearer());
    CallerProof key = proof(new ProofBinding.Key(new BindingHash(FakeConnection.LEAF_HASH)));

    assertThat(bearer.binding()).isEqualTo(ProofBinding.bearer());
    assertThat(key).isNotEqualTo(bearer);
    assertThat(proof(ProofBinding.bearer())).isSameAs(bearer);
    assertThat(provider.loads()).isEqualTo(2);
  }

  @Test
  void proof_userCompletesItsStage_othersAreUntouched() {
    CompletableFuture<CallerProof> mine =
        source.proof(ProofBinding.bearer(), new ManualExecutor()).toCompletableFuture();
    mine.cancel(true);

    assertThat(proof(ProofBinding.bearer()).audience()).isEqualTo(Audience.of("orders"));
  }

  @Test
  void proof_noCredentials_failsWithWhatWasTried() {
    provider.fail(SdkClientException.create("none"));

    assertThat(failure(ProofBinding.bearer()))
        .isInstanceOfSatisfying(
            ProofUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining(FakeCredentials.class.getName());
  }

  @Test
  void timedProof_isTheSameProof_andSaysWhenToMakeTheNext() {
    TimedProof timed = source.timedProof(channel(0), Runnable::run).toCompletableFuture().join();

    assertThat(timed.proof()).isEqualTo(proof(channel(0)));
    assertThat(timed.renewAt()).isEqualTo(timed.proof().signedAt().plus(Duration.ofMinutes(10)));
    assertThat(timed.end()).isEqualTo(timed.proof().signedAt().plus(Duration.ofMinutes(15)));
    assertThat(timed.toString()).doesNotContain(timed.proof().signature());
  }

  @Test
  void proof_closed_fails() {
    CallerProof before = proof(ProofBinding.bearer());
    source.close();

    assertThat(before.text()).isNotEmpty();
    assertThat(failure(ProofBinding.bearer())).hasMessageContaining("closed");
  }

  @Test
  void proof_null_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> source.proof(nothing(), Runnable::run))
        .withMessage("binding");
    assertThatNullPointerException()
        .isThrownBy(() -> source.proof(ProofBinding.bearer(), nothing()))
        .withMessage("executor");
  }

  @Test
  void renewing_256Bindings_areAllKept() {
    RenewingCredential<SignedProof> first = source.renewing(channel(0));
    for (int i = 1; i < 256; i++) {
      assertThat(source.renewing(channel(i))).isNotNull();
    }

    assertThat(source.renewing(channel(0))).isSameAs(first);
  }

  @Test
  void renewing_oneMoreThan256_forgetsTheLeastRecentlyAskedFor() {
    RenewingCredential<SignedProof> first = source.renewing(channel(0));
    RenewingCredential<SignedProof> second = source.renewing(channel(1));
    for (int i = 2; i < 256; i++) {
      assertThat(source.renewing(channel(i))).isNotNull();
    }
    assertThat(source.renewing(channel(0))).isSameAs(first);
    assertThat(source.renewing(channel(256))).isNotNull();

    assertThat(source.renewing(channel(0))).isSameAs(first);
    assertThat(source.renewing(channel(1))).isNotSameAs(second);
  }

  @Test
  void renewing_lapsedProof_isForgottenWithTheNextNewBinding() {
    assertThat(proof(channel(0))).isNotNull();
    RenewingCredential<SignedProof> lapsed = source.renewing(channel(0));
    time.advance(Duration.ofMinutes(15));
    assertThat(source.renewing(channel(1))).isNotNull();

    assertThat(source.renewing(channel(0))).isNotSameAs(lapsed);
  }

  @Test
  void toString_afterSigning_showsTheAudienceAlone() {
    assertThat(proof(ProofBinding.bearer()).text()).contains(FakeCredentials.SESSION_TOKEN);

    assertThat(source).hasToString("ProofSource[orders]");
  }

  private CallerProof proof(ProofBinding binding) {
    return source.proof(binding, Runnable::run).toCompletableFuture().join();
  }

  private Throwable failure(ProofBinding binding) {
    return source
        .proof(binding, Runnable::run)
        .handle(
            (proof, failure) ->
                failure instanceof CompletionException e && e.getCause() != null
                    ? e.getCause()
                    : failure)
        .toCompletableFuture()
        .join();
  }

  private static ProofBinding channel(int server) {
    return new ProofBinding.Channel(
        BindingHash.of(("server " + server).getBytes(StandardCharsets.UTF_8)));
  }

  @SuppressWarnings({
    "NullAway",
    "TypeParameterUnusedInFormals"
  }) // What a caller without NullAway may pass.
  private static <T> T nothing() {
    return null;
  }
}
