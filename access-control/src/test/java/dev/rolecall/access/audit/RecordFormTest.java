package dev.rolecall.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordFormTest {

  /** A log of a user's has the time of a record as it was made, finer than milliseconds. */
  @Test
  void recordOfItsOwnTimeAndNames_isTheVeryOne() {
    AuditRecord made =
        new AuditRecord(
            Instant.parse("2026-11-21T22:18:45.123456789Z"),
            "a.B/C",
            new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
            new AuditOutcome.Refused(RefusalReason.CREDENTIAL_MISSING, Optional.empty()),
            LeftOut.NONE);
    long millis = made.time().toEpochMilli();
    RecordForm form = new RecordForm(made);

    assertThat(form.at(millis, Correlation.NONE)).isSameAs(made);
    assertThat(form.at(millis + 1, Correlation.NONE).time())
        .isEqualTo(Instant.ofEpochMilli(millis + 1));
  }
}
