package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forged tokens by the thousand, of the costly kind: what they cost, and the verdicts on honest
 * callers beside them. The clock is the test's own, so 10,000 a second are 10,000.
 */
@Tag("attack")
final class ForgedTokensTest {

  private static final int PER_SECOND = 10_000;

  /** The first tenth of a second is not counted: it empties the budgets, which begin whole. */
  private static final int UNCOUNTED = PER_SECOND / 10;

  private static final Duration TICK = Duration.ofNanos(1_000_000_000 / PER_SECOND);

  /** What one check of ES256 is counted as: 30 units of 35 us. */
  private static final double COST = 30 * 35e-6;

  private static final int KNOWN = 5;
  private static final String VERIFIED = "verified";

  private int made;

  private static Bench bench() {
    return new Bench(
        new Issuers().has(Issuers.IDP, Issuers.EC),
        TokenIssuer.of("okta", Issuers.IDP).forAudience("orders"),
        false);
  }

  private String honest(String subject) {
    made++;
    return Token.of(Issuers.EC, Issuers.IDP)
        .claim("sub", Token.quoted(subject))
        .claim("jti", Token.quoted("honest-" + made))
        .signed(Issuers.EC);
  }

  private static Connection from(String peer) {
    return Connection.withoutTls(peer);
  }

  /** What a flood cost, and how many of the honest callers kept being served. */
  private record Toll(int checks, int known, int knownServed, int newcomers, int newcomersServed) {

    double cores() {
      return checks * COST;
    }
  }

  /**
   * Ten thousand forged tokens a second, for a second that is counted. Forty known callers and
   * twenty new ones come a second.
   */
  private Toll flood(Bench bench, int addresses, String forgedSubject, String knownPeer) {
    Deque<String> renewals = new ArrayDeque<>();
    Deque<String> arrivals = new ArrayDeque<>();
    int most = UNCOUNTED + PER_SECOND;
    for (int i = 0; i < most; i += PER_SECOND / 40) {
      renewals.add(honest("known-" + i / (PER_SECOND / 40) % KNOWN));
    }
    for (int i = 0; i < most; i += PER_SECOND / 20) {
      arrivals.add(honest("new-" + i));
    }
    for (int i = 0; i < KNOWN; i++) {
      assertThat(Bench.word(bench.verify(honest("known-" + i), from(knownPeer))))
          .isEqualTo(VERIFIED);
    }
    IntFunction<String> forger =
        Token.of(Issuers.EC, Issuers.IDP).claim("sub", Token.quoted(forgedSubject)).forger();
    int[] counts = new int[5];
    for (int i = 0; i < most; i++) {
      int counted = i >= UNCOUNTED ? 1 : 0;
      String peer = "203.0." + i % addresses + ".66";
      String word = Bench.word(bench.verify(forger.apply(i), from(peer)));
      counts[0] += word.equals("refused SIGNATURE_INVALID") ? counted : 0;
      if (i % (PER_SECOND / 40) == 0) {
        boolean served =
            Bench.word(bench.verify(renewals.remove(), from(knownPeer))).equals(VERIFIED);
        counts[1] += counted;
        counts[2] += served ? counted : 0;
        counts[0] += served ? counted : 0;
      }
      if (i % (PER_SECOND / 20) == 7) {
        boolean served =
            Bench.word(bench.verify(arrivals.remove(), from("10.1." + i % 251 + ".1")))
                .equals(VERIFIED);
        counts[3] += counted;
        counts[4] += served ? counted : 0;
        counts[0] += served ? counted : 0;
      }
      bench.time.advance(TICK);
    }
    return new Toll(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  @ParameterizedTest(name = "{0} addresses")
  @ValueSource(ints = {1, 8, 100})
  void honestCallers_besideForgedTokens_areServed_andAQuarterOfACoreIsEnough(int addresses) {
    try (Bench bench = bench()) {
      Toll toll = flood(bench, addresses, "mallory", "198.51.100.1");

      assertThat(toll.knownServed()).isGreaterThanOrEqualTo(toll.known() * 9 / 10);
      assertThat(toll.newcomersServed()).isGreaterThanOrEqualTo(toll.newcomers() * 9 / 10);
      assertThat(toll.cores()).isLessThanOrEqualTo(0.25);
      assertThat(toll.checks()).as("the flood was checked at all").isGreaterThan(toll.known());
    }
  }

  @Test
  void knownCallers_whoseNameIsForged_areServed() {
    try (Bench bench = bench()) {
      Toll toll = flood(bench, 100, "known-0", "198.51.100.1");

      assertThat(toll.knownServed()).isGreaterThanOrEqualTo(toll.known() * 9 / 10);
      assertThat(toll.cores()).isLessThanOrEqualTo(0.25);
    }
  }

  /** The engine bounds the forgers of one address; those of 100 leave their own share alone. */
  @ParameterizedTest(name = "{0} addresses")
  @ValueSource(ints = {1, 100})
  void knownCallers_behindAForgersAddress_areServed(int addresses) {
    try (Bench bench = bench()) {
      Toll toll = flood(bench, addresses, "mallory", "203.0.0.66");

      assertThat(toll.knownServed()).isGreaterThanOrEqualTo(toll.known() * 9 / 10);
      assertThat(toll.cores()).isLessThanOrEqualTo(0.25);
    }
  }

  @Test
  void tokenOverTheBudget_isToldToComeAgain_andIsGoodThen() {
    try (Bench bench =
        new Bench(
            new Issuers().has(Issuers.IDP, Issuers.EC),
            TokenIssuer.of("okta", Issuers.IDP)
                .forAudience("orders")
                .signatureTime(Duration.ofMillis(50)))) {
      String last = "";
      int verified = 0;
      for (int i = 0; i < 100; i++) {
        last = honest("new-" + i);
        verified +=
            Bench.word(bench.verify(last, from("10.1." + i + ".1"))).equals(VERIFIED) ? 1 : 0;
      }
      assertThat(verified).as("20 ms for all, 10 ms for the unsuspected").isBetween(26, 30);
      assertThat(Bench.word(bench.verify(last, from("10.1.99.1"))))
          .isEqualTo("unavailable TOO_MANY_LOOKUPS");
      bench.time.advance(Duration.ofSeconds(1));
      assertThat(Bench.word(bench.verify(last, from("10.1.99.1")))).isEqualTo(VERIFIED);
    }
  }

  @Test
  void tokensByRsa_costAThirtiethPart() {
    SigningKey rsa = Issuers.RSA;
    assertThat(Algorithm.ES256.cost()).isEqualTo(30 * Algorithm.RS256.cost());
    try (Bench bench =
        new Bench(
            new Issuers().has(Issuers.IDP, rsa),
            TokenIssuer.of("okta", Issuers.IDP)
                .forAudience("orders")
                .signatureTime(Duration.ofMillis(50)))) {
      Token token = Token.of(rsa, Issuers.IDP);
      for (int i = 0; i < 60; i++) {
        assertThat(
                Bench.word(
                    bench.verify(
                        token.claim("jti", Token.quoted("j" + i)).signed(rsa), Bench.PEER)))
            .isEqualTo(VERIFIED);
      }
    }
  }
}
