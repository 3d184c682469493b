package dev.rolecall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalKindTest {

  @ParameterizedTest
  @CsvSource({
    "CREDENTIAL_MISSING, 401",
    "ISSUER_REFUSED, 401",
    "METHOD_NOT_ALLOWED, 403",
    "GRANT_REQUIRED, 403",
    "GRANT_EXPIRED, 403",
    "GRANT_REVOKED, 403",
    "CALLER_LOCKED, 403",
    "GRANTS_STALE, 503",
    "TOO_MANY_LOOKUPS, 429",
    "DEFECT, 500",
    "ISSUER_UNAVAILABLE, 503",
    "GUARD_CLOSED, 503",
  })
  void reason_hasItsStatusInHttp(RefusalReason reason, int status) {
    assertThat(reason.kind().httpStatus()).isEqualTo(status);
  }

  @Test
  void outages_areNoRefusals() {
    assertThat(reasonsOf(RefusalKind.UNAVAILABLE))
        .containsExactlyInAnyOrder(
            RefusalReason.ISSUER_UNAVAILABLE,
            RefusalReason.ISSUER_ANSWER_INVALID,
            RefusalReason.GRANTS_STALE,
            RefusalReason.GUARD_CLOSED);
  }

  @Test
  void kinds_haveReasonsEach() {
    assertThat(RefusalKind.values()).allSatisfy(kind -> assertThat(reasonsOf(kind)).isNotEmpty());
  }

  private static Set<RefusalReason> reasonsOf(RefusalKind kind) {
    return Stream.of(RefusalReason.values())
        .filter(reason -> reason.kind() == kind)
        .collect(Collectors.toSet());
  }
}
