package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The certificates that an end makes of itself. */
@Tag("attack")
final class AttestationMakerTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  @Test
  void make_twice_sharesNeitherKeyNorSerialNorAlias() {
    try (var proofs = around.proofs(AUDIENCE, CHECKOUT).build()) {
      AttestationMaker maker = new AttestationMaker(proofs, List.of(), new SecureRandom());
      KeyedAttestation first = maker.make();
      KeyedAttestation second = maker.make();

      assertThat(first.key()).isNotEqualTo(second.key());
      assertThat(first.alias()).isNotEqualTo(second.alias());
      assertThat(first.certificate().getSerialNumber())
          .isNotEqualTo(second.certificate().getSerialNumber());
      assertThat(first.certificate().getNotAfter().toInstant())
          .isEqualTo(around.clock().instant().plus(Surroundings.PROOF_LIFE));
      assertThat(first.toString()).doesNotContain(first.proofText());
      assertThat(first.certificate().getEncoded().length).isLessThan(8_192);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
