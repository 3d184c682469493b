package dev.rolecall.fuzz.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.fuzz.judge.NaiveProof;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(TriedCount.class)
class ProofProperties {

  @Provide
  Arbitrary<WrittenProof> proofs() {
    return Proofs.any();
  }

  @Provide
  Arbitrary<Proofs.Edit> edits() {
    return Proofs.edits();
  }

  @Property
  void writtenProof_isReadAsItself(@ForAll("proofs") WrittenProof written) {
    CallerProof built =
        CallerProof.builder(
                StsHost.parse(written.host()),
                Audience.of(written.audience()),
                ProofBinding.parse(written.binding()).orElseThrow())
            .accessKeyId(written.keyId())
            .amzDate(written.date())
            .life(Duration.ofSeconds(written.expires()))
            .signature(written.signature())
            .sessionToken(written.sessionToken())
            .build();

    assertThat(built.text()).isEqualTo(written.text());
    assertThat(read(built.text())).contains(written);
  }

  @Property(tries = 5_000)
  void proofWithOnePlaceChanged_isMalformedOrAnotherProof(
      @ForAll("proofs") WrittenProof written, @ForAll("edits") Proofs.Edit edit) {
    String changed = edit.of(written.text());

    Optional<WrittenProof> reading = read(changed);

    assertThat(reading.isPresent()).isEqualTo(NaiveProof.fields(changed).isPresent());
    reading.ifPresent(
        proof -> {
          assertThat(proof.text()).isEqualTo(changed);
          assertThat(proof.equals(written)).isEqualTo(changed.equals(written.text()));
        });
  }

  @Property
  void twoProofs_areEqualExactlyWhereAllTheirFieldsAre(
      @ForAll("proofs") WrittenProof one, @ForAll("proofs") WrittenProof other) {
    for (int field = 0; field < one.fields().size(); field++) {
      WrittenProof mixed = one.with(field, other.fields().get(field));

      assertThat(proof(mixed).equals(proof(one))).isEqualTo(mixed.equals(one));
      assertThat(read(mixed.text())).contains(mixed);
    }
  }

  private static CallerProof proof(WrittenProof written) {
    return CallerProof.read(written.text())
        .fold(
            proof -> proof,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }

  /** What a text is read as, field by field. */
  private static Optional<WrittenProof> read(String text) {
    return CallerProof.read(text)
        .fold(
            proof ->
                Optional.of(
                    new WrittenProof(
                        List.of(
                            proof.host().value(),
                            proof.accessKeyId(),
                            proof.amzDate(),
                            Long.toString(proof.expires().toSeconds()),
                            proof.audience().name(),
                            proof.binding().text(),
                            proof.signature(),
                            proof.sessionToken()))),
            malformed -> Optional.empty());
  }
}
