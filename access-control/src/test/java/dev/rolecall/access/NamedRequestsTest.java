package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that name the request, where the operator asked for that. */
final class NamedRequestsTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Map<String, String> HEADERS =
      Map.of("x-request-id", "7f0e-1", "traceparent", TRACE);

  private final List<AuditRecord> records = new ArrayList<>();

  private AccessBench bench(AuditRules rules) {
    return new AccessBench(
        options -> options.audit(rules.to(records::add).on(AuditCondition.BOTH)));
  }

  @Test
  void admittedCalls_nameTheirRequest_alsoWhereTheDecisionIsRemembered() {
    try (AccessBench bench = bench(AuditRules.ofDefaults().namingRequests())) {
      bench.scheme.then(bench.yes());
      admitted(bench.check(bench.connection, "key:id:0", HEADERS));
      admitted(bench.check(bench.connection, "key:id:0", Map.of("x-request-id", "7f0e-2")));

      assertThat(records)
          .extracting(each -> each.origin().correlation())
          .containsExactly(
              new Correlation(Optional.of("7f0e-1"), Optional.of(TRACE)),
              new Correlation(Optional.of("7f0e-2"), Optional.empty()));
    }
  }

  @Test
  void byDefault_noRequestIsNamed() {
    try (AccessBench bench = bench(AuditRules.ofDefaults())) {
      bench.scheme.then(bench.yes());
      admitted(bench.check(bench.connection, "key:id:0", HEADERS));

      assertThat(records)
          .extracting(each -> each.origin().correlation())
          .containsExactly(Correlation.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "\u001b[31m", "\u00e9"})
  void requestIdThatBreaksARecord_isLeftOut(String id) {
    assertThat(Correlation.of(Optional.of(id), Optional.of("00-short-01")))
        .isSameAs(Correlation.NONE);
    assertThat(Correlation.of(Optional.of("x".repeat(129)), Optional.empty()))
        .isSameAs(Correlation.NONE);
  }
}
